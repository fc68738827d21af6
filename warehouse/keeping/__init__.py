"""Keeping what is there: copies of all of it, and whether each part is as it was written."""
