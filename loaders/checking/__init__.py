"""From cells to typed values: rules, totals and what is wrong."""
