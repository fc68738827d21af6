"""The parts of the Data page: files taken in, their history, and what is missing."""
