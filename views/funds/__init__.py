"""Funds of a programme and a year, finished."""
