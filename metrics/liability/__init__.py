"""Betalningsansvar: its rules, a month, and what the published values answer."""
