"""What calamine cannot tell of the cells of a workbook, read from its own parts.

Errors and formulas without a stored value, which are read as empty cells; numbers shown as per
cent; footnote marks in superscript, which would join the number before them; and which rows are
struck through, and which rows and columns hidden. A sheet's part is only looked at closely where
such a thing may be in it.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from loaders.problems import refuse
from loaders.reading.limits import MAX_COLUMNS, refuse_wide
from loaders.reading.looks.formats import as_shown, local_name, shown_with, struck_through
from loaders.reading.looks.rich_text import (
    STRUCK,
    SUPERSCRIPT,
    plain,
    with_struck,
    without_marks,
)

_CHUNK = 1 << 22
_NAME = r"(?:\w+:)?"
_CELL = re.compile(
    rf"<{_NAME}(?:row\b([^>]*)|c\b([^>]*?)(?:/>|>(.*?)</{_NAME}c>))".encode(), re.DOTALL
)
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_VALUE = re.compile(rf"<{_NAME}v\b[^>]*>([^<]+)</".encode())
_FORMULA = re.compile(rf"<{_NAME}f\b[^>]*?(?:/>|>([^<]*)</)".encode())
_UNVALUED = re.compile(rb"<(?:\w+:)?f\b[^>]*/>\s*</|</(?:\w+:)?f>\s*</(?:\w+:)?c>")
_COLUMN = re.compile(rf"<{_NAME}col\b([^>]*)".encode())
_STRING = re.compile(rf"<{_NAME}si>(.*?)</{_NAME}si>|<{_NAME}si/>".encode(), re.DOTALL)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
# A row or a column that is so high or so wide cannot be seen either.
_NOTHING = re.compile(rb"""\b(?:width|ht)=["']0(?:\.0+)?["']""")
_ON_PAPER = re.compile(
    rf"<{_NAME}(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]+)</".encode(), re.DOTALL
)
# `&C` begins the middle, `&"Arial,Fet"` and `&12` say with which letters, `&P` is the page.
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])|\n')
# In large parts a pattern is found some times faster than the same bytes are.
_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        rb't="e"',
        rb"t='e'",
        SUPERSCRIPT,
        rb"strike",
        rb"hidden=",
        rb"headerFooter>",
        rb' width="0',
        # Not the margin that is `right` of a page.
        rb' ht="0',
    )
)
_FORMULAS = (re.compile(rb"<f"), re.compile(rb":f"))

Place = tuple[int, int]


@dataclass(frozen=True)
class Marks:
    """Of one sheet, by row and column from zero: what else its cells have than their values.

    `errors` are the texts of errors, and `unvalued` the formulas without a value; `shown` are
    texts as they stand in the sheet where the value alone would be read otherwise; `on_paper` are
    the texts in the heads and feet of its pages, when it is printed.
    """

    errors: Mapping[Place, str] = field(default_factory=dict)
    unvalued: Mapping[Place, str] = field(default_factory=dict)
    shown: Mapping[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    on_paper: tuple[str, ...] = ()


NONE = Marks()


def of_workbook(path: Path) -> Mapping[str, Marks]:
    """The marks of an Open XML workbook, by the names of its sheets; of no other kind of file.

    Raises Refused where its parts are damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            parts = _sheet_parts(archive, names)
            units = shown_with(archive, names)
            struck = struck_through(archive, names)
            strings, crossed = _marked_strings(archive, names)
            return {
                title: _of_sheet(
                    archive, part, units=units, struck=struck, strings=strings, crossed=crossed
                )
                for title, part in parts.items()
            }
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise refuse("not-a-spreadsheet", "Arbetsboken är skadad och går inte att läsa.") from error


def _sheet_parts(archive: zipfile.ZipFile, names: Mapping[str, str]) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    targets = {
        element.get("Id", ""): element.get("Target", "")
        for element in ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))
    }
    part_by_sheet = {}
    for element in ElementTree.fromstring(archive.read(names["xl/workbook.xml"])).iter():
        if local_name(element.tag) == "sheet":
            by = next((text for key, text in element.items() if local_name(key) == "id"), "")
            target = targets.get(by, "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            if part.lower() in names:
                part_by_sheet[element.get("name", "")] = names[part.lower()]
    return part_by_sheet


def _marked_strings(
    archive: zipfile.ZipFile, names: Mapping[str, str]
) -> tuple[Mapping[bytes, str], frozenset[bytes]]:
    """The shared strings with a footnote mark in superscript, without it, by their numbers.

    And the numbers of those in which something is struck through.
    """
    part = names.get("xl/sharedstrings.xml")
    if part is None or not _holds(archive, part, _is_marked):
        return {}, frozenset()
    text_by_number = {}
    crossed = set()
    for number, match in enumerate(_STRING.finditer(archive.read(part))):
        if match[1] and SUPERSCRIPT in match[1]:
            text = without_marks(match[1])
            if text is not None:
                text_by_number[str(number).encode()] = text
        if match[1] and STRUCK.search(match[1]):
            crossed.add(str(number).encode())
            text_by_number[str(number).encode()] = with_struck(match[1])
    return text_by_number, frozenset(crossed)


def _is_marked(chunk: bytes) -> bool:
    return SUPERSCRIPT in chunk or STRUCK.search(chunk) is not None


def _holds(archive: zipfile.ZipFile, part: str, test: Callable[[bytes], bool]) -> bool:
    return any(test(chunk) for chunk in _pieces(archive, part))


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part piece by piece, cut after the end of a row where it has rows."""
    with archive.open(part) as source:
        rest = b""
        while chunk := source.read(_CHUNK):
            rest += chunk
            cut = rest.rfind(b"<", 0, rest.rfind(b"row>") + 1) if b"row>" in rest else -1
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
        yield rest


def _of_sheet(
    archive: zipfile.ZipFile,
    part: str,
    *,
    units: Mapping[bytes, str],
    struck: frozenset[bytes],
    strings: Mapping[bytes, str],
    crossed: frozenset[bytes],
) -> Marks:
    errors: dict[Place, str] = {}
    unvalued: dict[Place, str] = {}
    shown: dict[Place, str] = {}
    rows: set[int] = set()
    lined: set[int] = set()
    columns: set[int] = set()
    styles = b"|".join(map(re.escape, (*units, *struck)))
    signs = [*_SIGNS, *([re.compile(b's="(?:%b)"' % styles)] if styles else [])]

    def is_worth(piece: bytes) -> bool:
        told = bool(strings or crossed)
        return told or any(sign.search(piece) for sign in signs) or _lacks(piece)

    if not _holds(archive, part, is_worth):
        return NONE
    row = column = -1
    on_paper: list[str] = []
    for piece in _pieces(archive, part):
        if b"cols>" in piece:
            for match in _COLUMN.finditer(piece):
                said = _attributes(match[1])
                if _is_hidden(match[1], said) and "min" in said and "max" in said:
                    columns.update(range(int(said["min"]) - 1, min(int(said["max"]), MAX_COLUMNS)))
        on_paper += (text for match in _ON_PAPER.findall(piece) for text in _printed(match))
        # Cells without a name stand where those before them say.
        if not (is_worth(piece) or b"<c>" in piece or b"<row>" in piece):
            continue
        for match in _CELL.finditer(piece):
            if match[2] is None:
                said = _attributes(match[1] or b"")
                row = int(said["r"]) - 1 if said.get("r", "").isdigit() else row + 1
                column = -1
                if _is_hidden(match[1] or b"", said):
                    rows.add(row)
                continue
            said = _attributes(match[2])
            place = _REFERENCE.fullmatch(said.get("r", ""))
            if place:
                row, column = int(place[2]) - 1, _column_number(place[1])
            else:
                column += 1
            refuse_wide(column)
            content = match[3] or b""
            value = _VALUE.search(content)
            if content and (
                said.get("s", "").encode() in struck
                or (b"strike" in content and STRUCK.search(content))
                or (said.get("t") == "s" and value and value[1] in crossed)
            ):
                lined.add(row)
            if said.get("t") == "e":
                errors[row, column] = plain(value[1]) if value else "#N/A"
            # A formula may well have given a text that is empty.
            elif value is None and said.get("t") != "str" and (formula := _FORMULA.search(content)):
                unvalued[row, column] = f"={plain(formula[1] or b'')}"
            elif said.get("t") == "s" and value and value[1] in strings:
                shown[row, column] = strings[value[1]]
            elif b"strike" in content and STRUCK.search(content):
                shown[row, column] = with_struck(content)
            elif SUPERSCRIPT in content and (text := without_marks(content)) is not None:
                shown[row, column] = text
            elif value and said.get("t", "n") == "n" and said.get("s", "").encode() in units:
                shown[row, column] = as_shown(float(value[1]), units[said["s"].encode()])
    return Marks(
        errors,
        unvalued,
        shown,
        frozenset(rows),
        frozenset(columns),
        frozenset(lined),
        tuple(dict.fromkeys(on_paper)),
    )


def _printed(text: bytes) -> list[str]:
    """The texts of a page's head or foot, without the codes that say where and how they stand."""
    return [part for line in _CODE.split(plain(text)) if (part := line.strip())]


def _lacks(piece: bytes) -> bool:
    """Whether a formula may be without its value."""
    if not any(sign.search(piece) for sign in _FORMULAS):
        return False
    return any(sign in piece for sign in (b"</f></c>", b"<v></v>", b"<v/>", b"<v />")) or (
        _UNVALUED.search(piece) is not None
    )


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode(): (double or single).decode("utf-8", errors="replace")
        for name, double, single in _ATTRIBUTE.findall(text)
    }


def _is_hidden(attributes: bytes, said: Mapping[str, str]) -> bool:
    return said.get("hidden") in {"1", "true"} or _NOTHING.search(attributes) is not None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
