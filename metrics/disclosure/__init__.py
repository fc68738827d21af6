"""Disclosure control, pure: which cells to hide, and the attack on what is shown."""
