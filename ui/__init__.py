"""What pages are made of: page parts, filters, comments, origin, new limits, the web server."""
