"""Statistics as agencies give them to programs (JSON-stat, PX, Kolada's answers), as rows."""
