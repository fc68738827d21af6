"""The whole chain for one file: check, compare with what is in force, write, compute the cube."""

from pipeline.agreed import NeedsReason
from pipeline.checking import NO_ROOM, Progress, checked, exports, span
from pipeline.originals import areas_in, may, original
from pipeline.previewing import Preview, between, preview, preview_withdrawal
from pipeline.publishing import Loaded, compute, publish, refresh, withdraw, working

__all__ = [
    "NO_ROOM",
    "Loaded",
    "NeedsReason",
    "Preview",
    "Progress",
    "areas_in",
    "between",
    "checked",
    "compute",
    "exports",
    "may",
    "original",
    "preview",
    "preview_withdrawal",
    "publish",
    "refresh",
    "span",
    "withdraw",
    "working",
]
