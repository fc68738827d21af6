"""What a cell's format shows: per cent, a unit that its number does not hold, or a line through."""

import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

# The numbers of the formats with per cent that every workbook has.
PERCENT = frozenset({9, 10})
# Units other than the one that numbers have anyway.
_UNITS = r"tkr|kkr|ksek|mkr|mnkr|msek|tusen|€|eur|usd|\$|timmar|tim|%"
_IN_CODE = re.compile(rf'[0#?](?:[_*].)*\s*(?:"|\[\$)\s*({_UNITS})', re.IGNORECASE)
_AFTER = re.compile(rf"\d\s*({_UNITS})\.?", re.IGNORECASE)


def unit_of(code: str) -> str | None:
    """What the code of a number's format writes after the number: `%`, or a unit such as tkr."""
    if "%" in re.sub(r'"[^"]*"|\\.', "", code):
        return "%"
    unit = _IN_CODE.search(code.partition(";")[0].replace("\\", ""))
    return unit[1].strip() if unit else None


def unit_after(text: str) -> str | None:
    """The unit that a number as it is shown ends with."""
    unit = _AFTER.search(text.strip())
    return unit[1] if unit and unit.end() == len(text.strip()) else None


def as_shown(value: float, unit: str) -> str:
    """A number as its format shows it."""
    return f"{value * (100 if unit == '%' else 1):.12g} {unit}"


def local_name(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def shown_with(archive: zipfile.ZipFile, names: Mapping[str, str]) -> Mapping[bytes, str]:
    """What the cell formats, as cells name them, show with a number: `%`, or a unit such as tkr."""
    if "xl/styles.xml" not in names:
        return {}
    root = ElementTree.fromstring(archive.read(names["xl/styles.xml"]))
    own = {
        element.get("numFmtId"): element.get("formatCode", "")
        for element in root.iter()
        if local_name(element.tag) == "numFmt"
    }
    formats = next((e for e in root if local_name(e.tag) == "cellXfs"), None)
    unit_by_style = {}
    for number, element in enumerate(formats if formats is not None else ()):
        by = element.get("numFmtId", "0")
        percent = by not in own and by.isdigit() and int(by) in PERCENT
        if unit := "%" if percent else unit_of(own.get(by, "")):
            unit_by_style[str(number).encode()] = unit
    return unit_by_style


def struck_through(archive: zipfile.ZipFile, names: Mapping[str, str]) -> frozenset[bytes]:
    """The cell formats, as cells name them, whose text has a line through it."""
    if "xl/styles.xml" not in names:
        return frozenset()
    parts = {
        local_name(element.tag): element
        for element in ElementTree.fromstring(archive.read(names["xl/styles.xml"]))
    }
    struck = {
        str(number)
        for number, font in enumerate(parts.get("fonts", ()))
        if any(local_name(e.tag) == "strike" and e.get("val", "1") in ("1", "true") for e in font)
    }
    return frozenset(
        str(number).encode()
        for number, element in enumerate(parts.get("cellXfs", ()))
        if element.get("fontId") in struck
    )
