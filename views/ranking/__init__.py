"""Places in order of one indicator: the rows, and what is said of them."""
