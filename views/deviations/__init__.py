"""Deviations of a place and a quarter, finished."""
