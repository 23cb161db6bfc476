"""What keeps a warehouse in good order: compaction, backup, and the check of every promise."""
