"""What is looked at before anything is parsed: size, kind, zip bombs, macros, encryption, DOCTYPE.

The kind of a file is what its first bytes say, never what its name says.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from loaders.problems import refuse
from loaders.reading.limits import MAX_SHEETS
from loaders.reading.package import Piece, pieces
from loaders.reading.statistical import px
from settings.declared import Settings

DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    EOFError,
    OSError,
    zlib.error,
)
DAMAGED_TEXT = "Arbetsboken är skadad eller avklippt och går inte att öppna."
_DOCUMENTS = {"word/": "ett Word-dokument", "ppt/": "en PowerPoint-presentation"}
_SIGNATURES = {
    b"%PDF": "en PDF-fil",
    b"\x89PNG": "en bild",
    b"\xff\xd8\xff": "en bild",
    b"GIF8": "en bild",
    b"{\\rtf": "ett textdokument",
    b"ID;P": "ett kalkylblad i formatet SYLK",
}
_MAIL = re.compile(rb"(?:[A-Z][\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_EXCEL_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# So many bytes may be packed as much as they like.
_SMALL = 1 << 24
# No sheet holds less than one cell in so many.
_SPARSE = 50
_HTML_BYTES = 10_000_000
_STATISTICS_BYTES = 20_000_000
# Cells named within AA1 and Z99999 are few enough, however far apart they stand.
_NEAR_ROWS, _NEAR_COLUMNS = 100_000, 26
_FAR = re.compile(rb'r="(?:([A-Z]{1,9})(\d{6,9})"|([A-Z]{2,9})\d)')
_NAMED = re.compile(rb'r="([A-Z]{1,9})(\d{1,9})"')
_XML = (".xml", ".rels", ".vml")
_MOST_ROWS = 1_048_576
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
        old = _EXCEL_2003 in head
        said = "ett kalkylblad i Excels XML-format från 2003" if old else "XML, ingen tabell"
        raise refuse("not-a-spreadsheet", f"Filen är {said}.")
    if _MAIL.match(head):
        raise refuse("not-a-spreadsheet", "Filen är ett e-brev eller en webbsida sparad som ett.")
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
    except DAMAGED as err:
        raise refuse("not-a-spreadsheet", DAMAGED_TEXT) from err
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
    if unpacked > _SMALL and unpacked > limits.max_zip_ratio * packed:
        raise refuse(
            "too-large",
            f"Arbetsboken är packad {unpacked / packed:.0f} gånger, mer än något äkta kalkylblad.",
        )


def refuse_unsafe(name: str, piece: Piece) -> None:
    """Raises Refused for a piece of a part that has entities, is encrypted, or repeats too much."""
    content = piece.content
    if not name.lower().endswith(_XML):
        return
    if b"!" in content and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise refuse("unsafe-xml", f"Delen {name} deklarerar en DOCTYPE.")
    if name == "META-INF/manifest.xml" and b"encryption-data" in content:
        raise refuse("encrypted", "Arbetsboken är skyddad med lösenord.")
    if name == "xl/workbook.xml" and content.count(b"<sheet ") > MAX_SHEETS:
        raise refuse("too-large", f"Arbetsboken har fler än {MAX_SHEETS} blad.")
    if name == "content.xml":
        repeats = [int(count) for _, count in _REPEATED.findall(content)]
        if any(count > _MOST_ROWS for count in repeats):
            raise refuse("too-large", "Bladet upprepar celler fler gånger än det kan finnas.")


class Reach:
    """How far down and to the side the cells of a sheet stand, and how many they are.

    Empty cells up to the outermost one would be made, each as dear as a filled one. Most sheets are
    near enough at a glance; the others are measured.
    """

    def __init__(self) -> None:
        self._rows, self._columns, self._cells = _NEAR_ROWS, _NEAR_COLUMNS, 0

    def add(self, piece: Piece) -> None:
        """Take in a piece of the sheet."""
        content = piece.content
        self._cells += content.count(b"<c ") or content.count(b":c ")
        named = content.replace(b"'", b'"') if piece.apostrophes else content
        for letters, number, wide in _FAR.findall(named):
            self._rows = max(self._rows, int(number or 0))
            self._columns = max(self._columns, _column_number(letters or wide))

    def refuse_far(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        """Raises Refused (too-large) for a used range that no report has."""
        rows, columns = self._rows, self._columns
        most = _NEAR_ROWS * _NEAR_COLUMNS + _SPARSE * self._cells
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
    for piece in pieces(archive, entry, rows=True):
        for letters, number in _NAMED.findall(piece.content.replace(b"'", b'"')):
            rows = max(rows, int(number))
            columns = max(columns, _column_number(letters))
    return rows, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
