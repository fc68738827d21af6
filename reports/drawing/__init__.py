"""Charts as pictures, for PDF and Word."""
