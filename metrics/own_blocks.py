"""What a user's own block of an indicator may hold, and in Swedish what is wrong with one."""

import math
import re
from collections.abc import Callable, Mapping
from functools import partial
from operator import contains

from swedish import typography

KEY = re.compile(r"[a-z][a-z0-9_]*")
_CHOICES = {
    "direction": ("higher", "lower", "neutral"),
    "grain": ("month", "quarter", "year"),
    "calculation": ("ratio", "sum", "value"),
    "dataset": ("indicators",),
    "numerator": ("numerator",),
    "denominator": ("denominator",),
}
_LEVELS = ("county", "area", "municipality", "hospital")
_TEXTS = ("name", "short", "unit", "definition", "source")
_REQUIRED = (*_TEXTS, "decimals", "direction", "calculation")
_NUMBER = "ett tal"


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(float(str(value)))


# What each key may be, in words, and whether a value is that.
_KINDS: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    **dict.fromkeys(_TEXTS, ("en text", lambda value: isinstance(value, str) and bool(value))),
    "caveats": ("en text", lambda value: isinstance(value, str)),
    "decimals": (
        "ett helt tal mellan 0 och 6",
        lambda value: type(value) is int and value in range(7),
    ),
    "per": (
        "ett helt tal som är minst 1, till exempel 100 för procent",
        lambda value: type(value) is int and value >= 1,
    ),
    "target": (_NUMBER, _is_number),
    "levels": (
        f"en lista med ett eller flera av {', '.join(_LEVELS)}",
        lambda value: isinstance(value, list) and value != [] and all(v in _LEVELS for v in value),
    ),
    "goal": (
        'start och slut som år och en ändring, till exempel { start = "2020", end = "2025", '
        "change = -0.4 }",
        lambda value: _is_goal(value),
    ),
    **{
        key: (f"något av {', '.join(words)}", partial(contains, words))
        for key, words in _CHOICES.items()
    },
}


def _is_goal(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"start", "end", "change"}:
        return False
    years = [value["start"], value["end"]]
    written = all(isinstance(year, str) and re.fullmatch(r"(19|20)\d\d", year) for year in years)
    return written and years[0] < years[1] and _is_number(value["change"])


def fault(block: Mapping[str, object]) -> str | None:
    """What is wrong with a block: the first that is missing, unknown or no such value."""
    if missing := [key for key in _REQUIRED if key not in block]:
        return f"{typography.enumerate_words(missing)} saknas"
    for key, value in block.items():
        if key not in _KINDS:
            return f"'{key}' är ingen känd uppgift. Tillåtna är {', '.join(_KINDS)}"
        words, good = _KINDS[key]
        if not good(value):
            return f"'{key}' ska vara {words}, men är {value!r}"
    if "goal" in block and block.get("grain") != "year":
        return "'goal' kräver grain = \"year\""
    return None


def where(error: Exception) -> str:
    """Where in a TOML file an error is, as a user finds it."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return (
        f"felet är på rad {found[1]}, tecken {found[2]}" if found else "filen är inte fullständig"
    )
