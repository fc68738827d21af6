"""Where a number comes from: its definition, files, sheets and cells, and in words."""
