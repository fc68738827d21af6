"""What has been agreed on, and what is being looked into."""
