"""The words of sentences: what stands for a number, a place, a period, and what each one is."""

import re
from functools import cache

import reference
from metrics.catalogue import indicators
from swedish.periods import MONTHS

NUMBER = r"−?\d+(?: \d{3}(?!\d))*(?:,\d+)?"
_PERIOD = rf"(?:(?:{'|'.join(MONTHS)}) \d{{4}}|(?:kvartal|kv) \d \d{{4}}|(?<![\d,])\d{{4}})"


def plain(text: str) -> str:
    """The text with every space an ordinary one."""
    return text.replace("\u00a0", " ").replace("\u2009", " ")


@cache
def places() -> dict[str, str]:
    """The key of each place by its name."""
    named = {one.name: one.name for one in reference.hospitals()}
    named |= {one.name: one.code for one in reference.municipalities()}
    named |= {one.name: one.key for one in reference.areas()}
    return {plain(name): key for name, key in named.items()} | {
        plain(reference.county().name): reference.COUNTY
    }


@cache
def measures() -> dict[str, str]:
    """The key of each indicator by its name and its short name, as it stands within a sentence."""
    return {
        plain(text): key
        for key, one in indicators().items()
        for name in (one.short, one.name)
        for text in (name, name[:1].lower() + name[1:])
    }


@cache
def _kinds() -> dict[str, str]:
    place, measure = (
        f"(?:{'|'.join(map(re.escape, sorted(of, key=len, reverse=True)))})"
        for of in (places(), measures())
    )
    units = sorted({plain(one.unit) for one in indicators().values()} | {"dag"}, key=len)
    unit = "|".join(re.escape(one) for one in reversed(units) if one)
    return {
        "place": place,
        "names": rf"{place}(?:, {place})*(?: och {place})?",
        "measure": measure,
        "measures": rf"{measure}(?:, {measure})*(?: och {measure})?",
        "period": _PERIOD,
        "when": rf"(?:i|under) {_PERIOD}",
        "n": r"\d+(?: \d{3}(?!\d))*",
        "number": NUMBER,
        "q": rf"{NUMBER}(?: (?:{unit}))?(?!\w)",
    }


def pattern(template: str) -> re.Pattern[str]:
    """A template with its `<name:kind>` as groups."""

    def group(match: re.Match[str]) -> str:
        return f"(?P<{match[1] or match[2]}>{_kinds()[match[2]]})"

    return re.compile(re.sub(r"(?<!P)<(?:(\w+):)?(\w+)>", group, template))


def period(text: str) -> str:
    """The period that a text names: `i juli 2019`, `under kvartal 1 2020`, `2020`."""
    *words, year = text.lower().split()
    if words and words[-1] in MONTHS:
        return f"{year}-{MONTHS.index(words[-1]) + 1:02d}"
    return f"{year}-K{words[-1]}" if words and words[-1].isdigit() else year


def names(text: str) -> list[str]:
    """The places of an enumeration, by key."""
    return [places()[one] for one in re.findall(_kinds()["place"], text)]


def listed(text: str) -> list[str]:
    """The indicators of an enumeration, by key."""
    return [measures()[one] for one in re.findall(_kinds()["measure"], text)]


def periods(text: str) -> list[str]:
    """The periods of an enumeration, as they are written."""
    return re.findall(_PERIOD, text)


def count(text: str) -> int:
    """A whole number."""
    return int(text.replace(" ", ""))


def value(text: str) -> float:
    """A number as it is written."""
    return float(text.replace(" ", "").replace(",", ".").replace("−", "-"))
