"""What the numbers of an issue say about each other, and about what was published before: pure functions."""
