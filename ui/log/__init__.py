"""The parts of the page of the log: what was done, and keys for programs."""
