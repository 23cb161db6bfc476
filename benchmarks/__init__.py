"""What is fast and lean, and how that is known."""
