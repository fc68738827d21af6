"""Logg: who did what, when and from where; to read, filter and save."""

from ui import log

log.section()
