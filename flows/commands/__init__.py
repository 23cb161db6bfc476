"""The commands of `jianbao`: each module has one, and imports what is heavy only when it is called."""
