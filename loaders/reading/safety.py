"""What is looked at before anything is parsed: size, kind, zip bombs, macros, encryption, DOCTYPE.

The kind of a file is what its first bytes say, never what its name says.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from loaders.problems import refuse
from loaders.reading.limits import MAX_SHEETS
from loaders.reading.statistical import px
from settings.declared import Settings

_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    EOFError,
    OSError,
    zlib.error,
)
_DAMAGED_TEXT = "Arbetsboken är skadad eller avklippt och går inte att öppna."
_DOCUMENTS = {"word/": "ett Word-dokument", "ppt/": "en PowerPoint-presentation"}
_SIGNATURES = {
    b"%PDF": "en PDF-fil",
    b"\x89PNG": "en bild",
    b"\xff\xd8\xff": "en bild",
    b"GIF8": "en bild",
    b"{\\rtf": "ett textdokument",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_OVERLAP = 64
# No sheet holds less than one cell in so many.
_SPARSE = 50
_HTML_BYTES = 10_000_000
_STATISTICS_BYTES = 20_000_000
# Cells named within AA1 and Z99999 are few enough, however far apart they stand.
_NEAR_ROWS, _NEAR_COLUMNS = 100_000, 26
_WIDE = re.compile(rb'r="([A-Z]{2,9})\d')
_FAR_DOWN = re.compile(rb'r="[A-Z]{1,9}(\d{6,9})"')
_NAMED = re.compile(rb'r="([A-Z]{1,9})(\d{1,9})"')
# In large parts a pattern is found some times faster than the same bytes are.
_APOSTROPHES = re.compile(rb"r='")
_DECLARATION = re.compile(rb"<!")
_REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d+)"')


class FileKind(StrEnum):
    """How the file is to be read."""

    WORKBOOK = "workbook"
    HTML = "html"
    JSON = "json"
    PX = "px"
    TEXT = "text"


@dataclass(frozen=True)
class Inspected:
    """A file that may be parsed: its kind, whether it is an Open XML workbook, and its size.

    `unpacked` is a workbook's bytes before they were packed.
    """

    kind: FileKind
    openxml: bool
    unpacked: int = 0
    zipped: bool = False


def inspect(path: Path, *, limits: Settings) -> Inspected:
    """What kind of file this is.

    Raises Refused: empty, too-large, not-a-spreadsheet, encrypted, macro, unsafe-xml.
    """
    size = path.stat().st_size
    if size == 0:
        raise refuse("empty", "Filen är tom (0 byte).")
    if size > limits.max_file_bytes:
        raise refuse(
            "too-large",
            f"Filen är {size / 1e6:.0f} MB; gränsen är {limits.max_file_bytes / 1e6:.0f} MB.",
        )
    with path.open("rb") as file:
        head = file.read(4096)
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            raise refuse("not-a-spreadsheet", f"Filen är {kind}, inte en export.")
    if head.startswith(b"PK\x03\x04"):
        return _inspect_zip(path, limits=limits)
    if head.startswith(_OLE):
        return _inspect_ole(path, limits=limits)
    if re.match(
        rb"\s*(<!doctype html|<html|<table|<meta|<head|<style)",
        head.lower().lstrip(b"\xef\xbb\xbf"),
    ):
        if size > _HTML_BYTES:
            raise refuse(
                "too-large",
                f"HTML-tabellen är {size / 1e6:.0f} MB; gränsen är {_HTML_BYTES / 1e6:.0f} MB.",
            )
        return Inspected(kind=FileKind.HTML, openxml=False)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xml", b"<!DOCTYPE")):
        raise refuse("not-a-spreadsheet", "Filen är XML, inte ett kalkylblad eller en CSV-fil.")
    if form := _statistics(head):
        if size > _STATISTICS_BYTES:
            raise refuse(
                "too-large",
                f"Tabellen är {size / 1e6:.0f} MB; gränsen för JSON och PX är "
                f"{_STATISTICS_BYTES / 1e6:.0f} MB.",
            )
        return Inspected(kind=form, openxml=False)
    return Inspected(kind=FileKind.TEXT, openxml=False)


def _statistics(head: bytes) -> FileKind | None:
    """Which form of statistics a file begins as; None of any other."""
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b'{"', b"{\n", b"{\r\n", b"{ ")):
        return FileKind.JSON
    return FileKind.PX if px.BEGINS.match(head) else None


def _inspect_ole(path: Path, *, limits: Settings) -> Inspected:
    if path.stat().st_size > limits.max_unpacked_bytes:
        raise refuse("too-large", "Arbetsboken är för stor för att läsas.")
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refuse("encrypted", "Arbetsboken är skyddad med lösenord.")
    if "_VBA_PROJECT_CUR".encode("utf-16-le") in content:
        raise refuse("macro", "Arbetsboken innehåller makron.")
    return Inspected(kind=FileKind.WORKBOOK, openxml=False, unpacked=len(content))


def _inspect_zip(path: Path, *, limits: Settings) -> Inspected:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_bomb(entries, packed=path.stat().st_size, limits=limits)
            names = {entry.filename for entry in entries}
            sheets = sum(name.startswith("xl/worksheets/sheet") for name in names)
            if sheets > MAX_SHEETS:
                raise refuse(
                    "too-large", f"Arbetsboken har {sheets} blad; gränsen är {MAX_SHEETS}."
                )
            if "xl/workbook.bin" in names:
                raise refuse("binary-workbook", "Filen är en binär arbetsbok (.xlsb).")
            if not names & {"xl/workbook.xml", "content.xml"}:
                raise refuse("not-a-spreadsheet", _other_zip(names))
            if any(
                name.lower().endswith("vbaproject.bin") or name.startswith("Basic/")
                for name in names
            ):
                raise refuse("macro", "Arbetsboken innehåller makron.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise refuse("encrypted", "Arbetsboken är skyddad med lösenord.")
    except _DAMAGED as err:
        raise refuse("not-a-spreadsheet", _DAMAGED_TEXT) from err
    return Inspected(
        kind=FileKind.WORKBOOK,
        openxml="xl/workbook.xml" in names,
        unpacked=sum(entry.file_size for entry in entries),
        zipped=True,
    )


def _other_zip(names: set[str]) -> str:
    """What a zip archive is that is no workbook."""
    for part, kind in _DOCUMENTS.items():
        if any(name.startswith(part) for name in names):
            return f"Filen är {kind}, inte en export."
    return "Filen är ett zip-arkiv, inte en export. Packa upp det och välj filen som ligger i det."


def inspect_parts(path: Path, inspected: Inspected) -> None:
    """Look through the parts of a zipped workbook; nothing in another file.

    Raises Refused: unsafe-xml, encrypted, too-large, not-a-spreadsheet.
    """
    if not inspected.zipped:
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _inspect_part(archive, entry)
    except _DAMAGED as err:
        raise refuse("not-a-spreadsheet", _DAMAGED_TEXT) from err


def _refuse_bomb(entries: list[zipfile.ZipInfo], *, packed: int, limits: Settings) -> None:
    if len(entries) > limits.max_zip_entries:
        raise refuse(
            "too-large",
            f"Arbetsboken har {len(entries)} delar; gränsen är {limits.max_zip_entries}.",
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.max_unpacked_bytes:
        raise refuse(
            "too-large",
            f"Uppackad är arbetsboken {unpacked / 1e6:.0f} MB; "
            f"gränsen är {limits.max_unpacked_bytes / 1e6:.0f} MB.",
        )
    if unpacked > _CHUNK * 16 and unpacked > limits.max_zip_ratio * packed:
        raise refuse(
            "too-large",
            f"Arbetsboken är packad {unpacked / packed:.0f} gånger, mer än något äkta kalkylblad.",
        )


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked part piece by piece; each piece begins with the end of the one before."""
    with archive.open(entry) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-_OVERLAP:]


def _inspect_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse entities, an encryption manifest, and a used range that no report has."""
    rows, columns, cells = _NEAR_ROWS, _NEAR_COLUMNS, 0
    for chunk in _chunks(archive, entry):
        plain = chunk.replace(b"\x00", b"") if b"\x00" in chunk[:64] else chunk
        if _DECLARATION.search(plain) and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
            raise refuse("unsafe-xml", f"Delen {entry.filename} deklarerar en DOCTYPE.")
        if entry.filename == "META-INF/manifest.xml" and b"encryption-data" in plain:
            raise refuse("encrypted", "Arbetsboken är skyddad med lösenord.")
        if entry.filename.startswith("xl/worksheets/"):
            cells += plain.count(b"<c ") or plain.count(b":c ")
            named = plain.replace(b"'", b'"') if _APOSTROPHES.search(plain) else plain
            for letters in _WIDE.findall(named):
                columns = max(columns, _column_number(letters))
            for number in _FAR_DOWN.findall(named):
                rows = max(rows, int(number))
        elif entry.filename == "content.xml":
            repeats = [int(count) for _, count in _REPEATED.findall(plain)]
            if any(count > 1_048_576 for count in repeats):
                raise refuse("too-large", "Bladet upprepar celler fler gånger än det kan finnas.")
    # Empty cells up to the outermost one would be made, each as dear as a filled one. Most sheets
    # are near enough at a glance; the others are measured.
    most = _NEAR_ROWS * _NEAR_COLUMNS + _SPARSE * cells
    if rows * columns > most:
        rows, columns = _used_range(archive, entry)
    if rows * columns > most:
        raise refuse(
            "too-large",
            f"Ett blad sträcker sig över {rows} rader och {columns} kolumner. "
            "Ta bort innehåll långt utanför tabellen.",
        )


def _used_range(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """The lowest row and the outermost column that a sheet's cells name."""
    rows = columns = 1
    for chunk in _chunks(archive, entry):
        for letters, number in _NAMED.findall(chunk.replace(b"\x00", b"").replace(b"'", b'"')):
            rows = max(rows, int(number))
            columns = max(columns, _column_number(letters))
    return rows, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
