"""Plain statistics: limits, intervals and sums in parts."""
