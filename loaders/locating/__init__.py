"""From cells to tables with their heads."""
