"""Deviations in collaboration: counts by quarter, or single cases."""
