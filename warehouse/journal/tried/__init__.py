"""What came of trying a version's numbers: attacks on what is hidden, and working them out anew."""
