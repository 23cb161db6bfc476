"""What keeps jianbao running by itself: the supervisor of `jianbao up`, its children, deployments and automations."""
