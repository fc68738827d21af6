"""Places in order of one indicator: the rows, what is said of them, and the rest of the country."""
