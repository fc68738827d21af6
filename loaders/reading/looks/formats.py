"""What a number shows after itself in a sheet: per cent, or a unit that it does not hold."""

import re

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
