"""What is kept beside the data: comments, new limits, reports made, arrivals."""
