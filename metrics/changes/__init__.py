"""What a new version changes, and whether that is likely."""
