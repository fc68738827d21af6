"""What is drawn as HTML where a figure is not called for."""
