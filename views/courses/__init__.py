"""An indicator over time: of a few chosen places together, and of each municipality by itself."""
