"""Granskning: what has been agreed on, and the way there; made for a telephone too."""

from ui import agreed

agreed.section()
