"""Indicators: what the numbers mean, and how they are calculated."""
