"""What is said of an indicator: how it is defined, and how its chart is read."""
