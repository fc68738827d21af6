"""The published versions: one DuckDB file each, never changed once it is in force."""
