"""What each column, head and title means."""
