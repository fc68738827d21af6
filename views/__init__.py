"""What a page or a report asks for, finished."""
