"""The tests. A package of its own, since others come with one of this name."""
