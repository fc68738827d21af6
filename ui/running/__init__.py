"""What those who run samverkan see of it: whether it is well, figures, and a line a request."""
