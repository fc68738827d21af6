"""Other indicators, as they were delivered."""
