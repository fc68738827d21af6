"""State funds, from allocated to used."""
