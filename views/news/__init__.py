"""What is new: the latest of each indicator, and what has happened since last."""
