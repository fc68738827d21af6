"""Logg: who did what, when and from where; and the keys that programs have."""

from ui import keys, log

log.section()
keys.section()
