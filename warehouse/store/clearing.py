"""Taking away what killed writers left behind, and the versions that are kept no longer."""

import logging
import re
from pathlib import Path

from machine import scratch
from settings import settings, warehouse_dir
from swedish.refusals import why
from warehouse.store import manifest
from warehouse.store.versions import manifest_of, path_of, pointed, versions

_LOG = logging.getLogger(__name__)
# A version's attempts and the small files that are replaced, and what DuckDB puts beside them.
_LEFT_BEHIND = re.compile(r"(\d{6}|CURRENT|\d{6}\.json)(\.[0-9a-f]{8})?\.part(\.wal|\.tmp)?")


def sweep() -> None:
    """Take away what killed writers left, under the lock. Raises OSError."""
    for path in warehouse_dir().iterdir():
        if _LEFT_BEHIND.fullmatch(path.name):
            path.unlink(missing_ok=True)
    scratch.sweep()


def give_up(number: int) -> None:
    """Take away a version that was finished but never put in force."""
    told = manifest.read(number)
    if told is None or (told.understood and told.parent == (pointed() or None)):
        path_of(number).unlink(missing_ok=True)
        manifest_of(number).unlink(missing_ok=True)


def prune(current: int) -> None:
    """Keep the newest versions; what is ahead of the one in force, or not understood, stays.

    Manifests are the log of all versions, and are kept.
    """
    known = {number: manifest.read(number) for number in versions() if number <= current}
    ours = [number for number in sorted(known) if (told := known[number]) and told.understood]
    # The newest that this program understands is shown for as long as it understands no newer.
    for number in {*ours[:-1]} & {*sorted(known)[: -settings().keep_versions]}:
        try:
            path_of(number).unlink(missing_ok=True)
        except OSError as error:
            _LOG.warning("Version %s gick inte att ta bort (%s).", number, why(error))


def remove(part: Path) -> None:
    """Take away an attempt and what DuckDB puts beside it. Raises OSError."""
    for path in (part, *part.parent.glob(f"{part.name}.*")):
        if path.is_file():
            path.unlink(missing_ok=True)
