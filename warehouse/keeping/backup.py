"""A copy of everything that is kept, as one zip file, taken while the program is used.

Versions and originals never change once they are there, and the journal is copied by SQLite's own
backup, so what is in the copy belongs together. Files that wait in the inbox are not in it: they
may speak of single persons.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import IO

from access import people
from access.checks import require
from access.rights import Act
from machine import durable, scratch
from settings import archive_dir, data_dir, warehouse_dir
from swedish.periods import moment
from swedish.refusals import why
from warehouse.journal import audit, journal, purged
from warehouse.store import (
    Newer,
    Unwritable,
    WarehouseError,
    fault_of,
    require_understood,
    standing,
)
from warehouse.store.versions import logged, manifest_of, path_of, versions

FORMAT = 1
CONTENTS = "innehall.json"
VERSIONS, ARCHIVE, JOURNAL, SETTINGS = "versioner/", "arkiv/", "journal.sqlite", "installningar/"
_CHUNK = 1 << 20
_NAMED = "samverkan-%Y-%m-%dT%H%M%S"


class Unusable(WarehouseError):
    """A backup that is damaged, or that this program does not understand."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a backup holds: the version that was in force, and each file's SHA-256 by its name."""

    format: int
    program: str
    made_at: str
    made_by: str
    version: int | None
    files: dict[str, str]

    @property
    def versions(self) -> list[int]:
        """The versions that can be restored from it, oldest first."""
        names = (name.removeprefix(VERSIONS) for name in self.files if name.startswith(VERSIONS))
        return sorted(int(Path(name).stem) for name in names if name.endswith(".duckdb"))


def folder() -> Path:
    """Where backups lie unless told otherwise; it may not exist yet."""
    return data_dir() / "backups"


def default_path() -> Path:
    """A name of its own for a backup made now."""
    return folder() / f"{datetime.now():{_NAMED}}.zip"


def described(path: Path) -> str:
    """A backup with when it was made, in Swedish, where its name says so."""
    try:
        return f"{moment(datetime.strptime(path.stem, _NAMED))}: {path.name}"
    except ValueError:
        return path.name


def made() -> list[Path]:
    """The backups in the folder of backups, newest first."""
    return sorted(folder().glob("*.zip"), reverse=True)


def make(target: Path) -> Contents:
    """Copy everything that is kept to a zip file, readable by this user alone.

    Damaged versions, and a broken journal, are left out. That somebody takes a copy stands in the
    audit before there is one. Raises Unwritable where the file cannot be written; then there is
    none; store.Busy and checks.Refused.
    """
    require(Act.KEEP)
    # What is shown instead of a later program's version is not what is to be had back.
    require_understood()
    now = standing()
    if not journal.trouble():
        audit.record(audit.EventKind.COPY, target.name)
    hashes: dict[str, str] = {}
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (
            ExitStack() as stack,
            durable.replacing(target) as part,
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        ):
            # Opened before any is copied: a version pruned meanwhile can still be read.
            sources = [(name, stack.enter_context(path.open("rb"))) for name, path in _files(stack)]
            for name, source in sources:
                hashes[name] = _add(packed, name, source)
            contents = Contents(
                format=FORMAT,
                program=installed("samverkan"),
                made_at=datetime.now().isoformat(sep=" ", timespec="seconds"),
                made_by=people.current().name,
                version=now.number,
                files=hashes,
            )
            packed.writestr(CONTENTS, json.dumps(asdict(contents), ensure_ascii=False, indent=2))
    except OSError as error:
        raise Unwritable(
            f"Säkerhetskopian {target} gick inte att skriva ({why(error)}). Ingenting har "
            "ändrats, och ingen halv kopia finns kvar."
        ) from error
    return contents


def contents(source: Path) -> Contents:
    """What a backup holds. Raises Unusable for what is no backup, and for a later program's."""
    try:
        with zipfile.ZipFile(source) as packed:
            told = json.loads(packed.read(CONTENTS))
        known = {field.name for field in fields(Contents)}
        told_of = Contents(**{key: value for key, value in told.items() if key in known})
    except (OSError, KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile):
        raise Unusable(
            f"{source.name} är ingen hel säkerhetskopia från samverkan. Ingenting har ändrats. "
            "Välj en fil som samverkan backup har skrivit."
        ) from None
    if told_of.format > FORMAT:
        raise Unusable(
            f"{source.name} är skriven av en senare version av programmet ({told_of.program}). "
            "Ingenting har ändrats. Uppdatera samverkan först."
        )
    return told_of


def unpack(source: Path, target: Path) -> Contents:
    """Unpack a backup into an empty folder, each file tried against its hash.

    Raises Unusable where any file is not as it was written, and OSError.
    """
    described = contents(source)
    try:
        with zipfile.ZipFile(source) as packed:
            for name, sha256 in described.files.items():
                place = target / name
                if not place.resolve().is_relative_to(target.resolve()):
                    raise zipfile.BadZipFile(name)
                place.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(name) as packed_file, place.open("xb") as file:
                    if _copied(packed_file, file) != sha256:
                        raise zipfile.BadZipFile(name)
    except (KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        raise Unusable(
            f"{source.name} är skadad: någon fil i den är inte som den skrevs. Ingenting har "
            "ändrats. Ta en annan säkerhetskopia."
        ) from None
    return described


def _files(stack: ExitStack) -> Iterator[tuple[str, Path]]:
    for number in versions():
        if _sound(number):
            yield f"{VERSIONS}{number:06d}.duckdb", path_of(number)
    for number in logged():
        yield f"{VERSIONS}{number:06d}.json", manifest_of(number)
    if archive_dir().is_dir():
        for path in sorted(archive_dir().iterdir()):
            if path.suffix != durable.PART:
                yield f"{ARCHIVE}{path.name}", path
    if journal.exists():
        yield JOURNAL, _journal(stack.enter_context(scratch.folder()) / JOURNAL)
    for path in settings_files():
        yield f"{SETTINGS}{path.relative_to(data_dir())}", path


def _sound(number: int) -> bool:
    """Whether a version is as it was written; what a later program wrote is taken as it is."""
    try:
        return not fault_of(number)
    except Newer:
        return True


def settings_files() -> list[Path]:
    """What an organisation has chosen: settings, sources, profiles, own tables and pictures."""
    kinds = {".toml", ".csv", ".png", ".svg", ".jpg"}
    own = [data_dir(), data_dir() / "reference"]
    return sorted(
        path
        for place in own
        if place.is_dir()
        for path in place.iterdir()
        if path.suffix in kinds and path.is_file()
    )


def _journal(copy: Path) -> Path:
    journal.save(copy)
    return copy


def _add(packed: zipfile.ZipFile, name: str, source: IO[bytes]) -> str:
    with packed.open(name, "w", force_zip64=True) as target:
        return _copied(source, target)


def _copied(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy, and give the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def bring_back(unpacked: Path, described: Contents) -> list[str]:
    """Put what is missing of an unpacked backup in its place; what is there is never replaced, and
    originals that were purged do not come back.

    The backup's versions come with it where their numbers are free. Gives in Swedish what was
    brought back. Raises OSError.
    """
    told = []
    warehouse_dir().mkdir(parents=True, exist_ok=True)
    names = sorted(described.files)
    # Settings first: they say where the journal is. Then that, which says what is deleted for good.
    brought = _all_brought(unpacked, [name for name in names if name.startswith(SETTINGS)])
    has_journal = JOURNAL in described.files and journal.bring(unpacked / JOURNAL)
    gone = {f"{ARCHIVE}{sha256}" for sha256 in purged.gone()}
    brought += _all_brought(unpacked, [name for name in names if name not in gone])
    originals = sum(target.parent == archive_dir() for target in brought)
    chosen = [target.name for target in brought if target.parent in _chosen_places()]
    if originals:
        told.append(f"{originals} originalfiler")
    if chosen:
        told.append(f"inställningar ({', '.join(chosen)})")
    if has_journal:
        told.append("journalen med kommentarer och beslut")
    return told


def _all_brought(unpacked: Path, names: Iterable[str]) -> list[Path]:
    places = ((name, _place(name)) for name in names)
    return [target for name, target in places if target and _brought(unpacked / name, target)]


def _chosen_places() -> tuple[Path, Path]:
    return data_dir(), data_dir() / "reference"


def _place(name: str) -> Path | None:
    """Where a file of a backup belongs."""
    if name.startswith(VERSIONS):
        number = int(Path(name).stem)
        return manifest_of(number) if name.endswith(".json") else path_of(number)
    if name.startswith(ARCHIVE):
        return archive_dir() / name.removeprefix(ARCHIVE)
    if name.startswith(SETTINGS):
        return data_dir() / name.removeprefix(SETTINGS)
    return None


def _brought(source: Path, target: Path) -> bool:
    """Whether the file was missing and now is there."""
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    durable.copy(source, target)
    return True
