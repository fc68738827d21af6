"""PX (PC-Axis), as statistics agencies' tables are kept.

The format: https://www.scb.se/en/services/statistical-programs-for-px-files/px-file-format/
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from loaders.problems import refuse
from loaders.reading.statistical.cube import (
    SIGNS,
    Dimension,
    Grid,
    refuse_cells,
    unfolded,
    with_unit,
)

BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:CHARSET|AXIS-VERSION|CODEPAGE)\s*=", re.IGNORECASE)
"""What a PX file begins with."""
_NAME = re.compile(r"\s*([A-Z][A-Z0-9_-]*)(\[[^\]]*\])?(\(.*\))?\s*\Z", re.DOTALL | re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"')
_WORD = re.compile(r'"[^"]*"|[^\s,;"]+')
_Keyed = Mapping[tuple[str, str], str]


def table(text: str) -> Grid:
    """The table of a PX file.

    Raises Refused: not-a-spreadsheet where it is not whole, too-large.
    """
    told = dict(_statements(text))
    data = told.get(("DATA", ""))
    if data is None or any(name == "KEYS" for name, _ in told):
        raise refuse(
            "not-a-spreadsheet",
            "PX-filen har inga uppgifter (DATA), eller har dem i en form som inte går att läsa "
            "(KEYS). Hämta tabellen på nytt, eller som Excel eller CSV.",
        )
    names = [*_texts(told.get(("STUB", ""))), *_texts(told.get(("HEADING", "")))]
    dimensions = [_dimension(name, told) for name in names]
    sizes = [len(one.codes) for one in dimensions]
    refuse_cells(sizes)
    values = _WORD.findall(data)
    if not dimensions or len(values) != math.prod(sizes):
        raise refuse(
            "not-a-spreadsheet",
            f"PX-filen är avklippt eller skadad: den har {len(values)} värden, men kolumner och "
            f"rader för {math.prod(sizes)}.",
        )
    contents = "".join(_texts(told.get(("CONTENTS", ""))))
    contained = _texts(told.get(("CONTVARIABLE", "")))
    measures = next((one for one in dimensions if one.name in contained), None)
    title = "".join(_texts(told.get(("TITLE", "")))) or contents
    notes = [
        "".join(_texts(value)) for (name, _), value in told.items() if name in ("NOTE", "NOTEX")
    ]
    source = "".join(_texts(told.get(("SOURCE", ""))))
    unit = "".join(_texts(told.get(("UNITS", ""))))
    if measures is None:
        label = with_unit(contents or "Värde", unit)
        measures = Dimension(name="", codes=(contents,), labels=(label,))
        dimensions.append(measures)
    else:
        at = dimensions.index(measures)
        units = ["".join(_texts(told.get(("UNITS", one)))) or unit for one in measures.labels]
        labels = tuple(map(with_unit, measures.labels, units))
        measures = dimensions[at] = replace(measures, labels=labels)
    return unfolded(
        name="Tabell",
        title=title,
        dimensions=dimensions,
        measures=measures,
        text=lambda at: _value(values[at]),
        notes=[*notes, *([f"Källa: {source}"] if source else [])],
    )


def _statements(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Each keyword with what it is of, in the file's own language, and what is said of it."""
    for statement in _split(text.lstrip("\ufeff"), ";"):
        parts = list(_split(statement, "=", once=True))
        if len(parts) != 2:
            continue
        match = _NAME.match(parts[0])
        if match and not match[2]:
            of = _QUOTED.findall(match[3] or "")
            yield (match[1].upper(), ",".join(of)), parts[1]


def _split(text: str, sign: str, *, once: bool = False) -> Iterator[str]:
    """The parts between the signs that stand outside quotation marks."""
    start = at = 0
    while (at := _outside(text, sign, at)) >= 0:
        yield text[start:at]
        at += 1
        start = at
        if once:
            break
    yield text[start:]


def _outside(text: str, sign: str, at: int) -> int:
    """Where the sign stands next outside quotation marks; -1 for nowhere."""
    while True:
        position, mark = text.find(sign, at), text.find('"', at)
        if position < 0 or mark < 0 or position < mark:
            return position
        end = text.find('"', mark + 1)
        if end < 0:
            return -1
        at = end + 1


def _texts(told: str | None) -> list[str]:
    """The texts of a list; one that is cut into lines has a comma only between texts."""
    if told is None:
        return []
    return ["".join(_QUOTED.findall(part)) for part in _split(told, ",") if '"' in part]


def _dimension(name: str, told: _Keyed) -> Dimension:
    labels = _texts(told.get(("VALUES", name)))
    codes = _texts(told.get(("CODES", name))) or labels
    if not labels or len(codes) != len(labels):
        raise refuse(
            "not-a-spreadsheet",
            f"PX-filen är inte hel: värden eller koder saknas för {name} (VALUES, CODES).",
        )
    return Dimension(name=name, codes=tuple(codes), labels=tuple(labels))


def _value(word: str) -> str:
    """A number as it stands; a sign for one that is missing. More dots than two also say that."""
    bare = word.strip('"')
    return bare if bare in SIGNS or not set(bare) <= {".", "-"} else "-"
