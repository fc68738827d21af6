"""The datasets, one room each."""
