"""Logg: who did what, when and from where; and the keys that programs have."""

from ui.log import audit, keys

audit.section()
keys.section()
