"""The commands of `samverkan`: what they ask, run and print."""
