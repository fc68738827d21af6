"""What cells show beside their values, and which rows and columns are not meant to be read."""
