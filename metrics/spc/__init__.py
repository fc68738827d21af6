"""Statistical process control: which chart, its limits, its signals."""
