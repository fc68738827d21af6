"""From bytes to cells."""
