"""Finished hand-outs: what stands in a report, and how it becomes a file."""
