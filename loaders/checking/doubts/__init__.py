"""What could make the numbers another thing than they seem: asked about, never passed over."""
