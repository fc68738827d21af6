"""What calamine cannot tell of the cells of a workbook, read from its own parts.

Errors and formulas without a stored value, which are read as empty cells; numbers shown as per
cent; footnote marks in superscript, which would join the number before them; and which rows are
struck through, and which rows and columns hidden. A sheet's part is only looked at closely where
such a thing may be in it.
"""

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
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
from loaders.reading.package import Piece, pieces

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
_SIGNS = tuple(map(re.compile, (rb't="e"', SUPERSCRIPT, rb"strike", rb"hidden=", rb' ht="0')))
_AROUND = tuple(map(re.compile, (rb"headerFooter>", rb' width="0')))

# Each takes some two hundred bytes.
_MOST_MARKS = 1_000_000
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


@dataclass(frozen=True)
class Looks:
    """What the cells of a workbook may look like, by what they name it with.

    Formats with a unit that a number does not hold, and those with a line through; shared strings
    with marks, and those in which something is struck through.
    """

    units: Mapping[bytes, str]
    struck: frozenset[bytes]
    strings: Mapping[bytes, str]
    crossed: frozenset[bytes]

    @cached_property
    def _signs(self) -> tuple[re.Pattern[bytes], ...]:
        styles = b"|".join(map(re.escape, (*self.units, *self.struck)))
        return (*_SIGNS, re.compile(b's="(?:%b)"' % styles)) if styles else _SIGNS

    def may_be_in(self, piece: Piece) -> bool:
        """Whether a piece of a sheet may have marks."""
        content = piece.content
        return (
            bool(self.strings or self.crossed)
            or any(sign.search(content) for sign in self._signs)
            or (piece.edge and any(sign.search(content) for sign in _AROUND))
            or (piece.apostrophes and b"t='e'" in content)
            or (piece.formulas and _lacks(content))
        )


def looks_of(archive: zipfile.ZipFile, *, plain: Collection[str]) -> Looks:
    """What the cells of an Open XML workbook may look like; parts that are `plain` have no marks.

    Raises Refused where its parts are damaged.
    """
    names = {name.lower(): name for name in archive.namelist()}
    with _damaged():
        strings, crossed = _marked_strings(archive, names, plain)
        return Looks(shown_with(archive, names), struck_through(archive, names), strings, crossed)


def of_workbook(
    archive: zipfile.ZipFile, looks: Looks, *, plain: Collection[str]
) -> Mapping[str, Marks]:
    """The marks of an Open XML workbook, by the names of its sheets; parts `plain` have none.

    Raises Refused where its parts are damaged.
    """
    names = {name.lower(): name for name in archive.namelist()}
    with _damaged():
        return {
            title: NONE if part in plain else _of_sheet(archive, part, looks)
            for title, part in _sheet_parts(archive, names).items()
        }


@contextmanager
def _damaged() -> Iterator[None]:
    try:
        yield
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
    archive: zipfile.ZipFile, names: Mapping[str, str], plain: Collection[str]
) -> tuple[Mapping[bytes, str], frozenset[bytes]]:
    """The shared strings with a footnote mark in superscript, without it, by their numbers.

    And the numbers of those in which something is struck through.
    """
    part = names.get("xl/sharedstrings.xml")
    if part is None or part in plain:
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


def is_marked(piece: Piece) -> bool:
    """Whether a piece of the shared strings may have marks."""
    return SUPERSCRIPT in piece.content or STRUCK.search(piece.content) is not None


def _of_sheet(archive: zipfile.ZipFile, part: str, looks: Looks) -> Marks:
    errors: dict[Place, str] = {}
    unvalued: dict[Place, str] = {}
    shown: dict[Place, str] = {}
    rows: set[int] = set()
    lined: set[int] = set()
    columns: set[int] = set()
    row = column = -1
    on_paper: list[str] = []
    for piece in pieces(archive, archive.getinfo(part), rows=True):
        content = piece.content
        if len(errors) + len(unvalued) + len(shown) > _MOST_MARKS:
            raise refuse("too-large", f"Ett blad har över {_MOST_MARKS} fel, andelar eller noter.")
        if b"cols>" in content:
            for match in _COLUMN.finditer(content):
                said = _attributes(match[1])
                if _is_hidden(match[1], said) and "min" in said and "max" in said:
                    columns.update(range(int(said["min"]) - 1, min(int(said["max"]), MAX_COLUMNS)))
        on_paper += (text for match in _ON_PAPER.findall(content) for text in _printed(match))
        # Cells without a name stand where those before them say.
        if not (looks.may_be_in(piece) or b"<c>" in content or b"<row>" in content):
            continue
        for match in _CELL.finditer(content):
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
            cell = match[3] or b""
            value = _VALUE.search(cell)
            if cell and (
                said.get("s", "").encode() in looks.struck
                or (b"strike" in cell and STRUCK.search(cell))
                or (said.get("t") == "s" and value and value[1] in looks.crossed)
            ):
                lined.add(row)
            if said.get("t") == "e":
                errors[row, column] = plain(value[1]) if value else "#N/A"
            # A formula may well have given a text that is empty.
            elif value is None and said.get("t") != "str" and (formula := _FORMULA.search(cell)):
                unvalued[row, column] = f"={plain(formula[1] or b'')}"
            elif said.get("t") == "s" and value and value[1] in looks.strings:
                shown[row, column] = looks.strings[value[1]]
            elif b"strike" in cell and STRUCK.search(cell):
                shown[row, column] = with_struck(cell)
            elif SUPERSCRIPT in cell and (text := without_marks(cell)) is not None:
                shown[row, column] = text
            elif (
                value
                and said.get("t", "n") == "n"
                and (unit := looks.units.get(said.get("s", "").encode()))
            ):
                shown[row, column] = as_shown(float(value[1]), unit)
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
