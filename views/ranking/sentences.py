"""Swedish sentences about places in order: who is highest and lowest, and who is not shown.

Everything is compared as it is shown: two values that read the same are a tie. None and NaN are
missing values, never zero.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reference import county
from swedish.periods import period_name
from swedish.phrases import in_period, joined, known, quantity, reference
from swedish.typography import MOST_NAMES, enumerate_words, number, plural, sort_key

_BEFORE_NOTICE = "utskrivna före meddelande om utskrivningsklar"


@dataclass(frozen=True)
class Noun:
    """What a ranking ranks: one, many and none of it."""

    one: str
    many: str
    none: str


AREA = Noun("område", "områden", "Inget område")
HOSPITAL = Noun("sjukhus", "sjukhus", "Inget sjukhus")
MUNICIPALITY = Noun("kommun", "kommuner", "Ingen kommun")


@dataclass(frozen=True)
class Ranked:
    """A place in a ranking and its value; `status` is why it has none (None or NaN).

    `none` is a place with nothing to count: it is not among those that are hidden or missing.
    """

    name: str
    value: float | None
    status: str = "missing"

    @property
    def whole(self) -> bool:
        """Whether it can be first or last: what is yet to come may change a partial value."""
        return known(self.value) and self.status != "partial"

    @property
    def partial(self) -> bool:
        """Whether a part of what the value is of is not known."""
        return known(self.value) and self.status == "partial"


def ranking_finding(
    *,
    place_name: str,
    period: str,
    rows: Sequence[Ranked],
    unit: str,
    decimals: int,
    place_value: float | None,
    county_value: float | None = None,
    noun: Noun = MUNICIPALITY,
) -> str:
    """Who is highest and lowest in a place, beside the place's own value and the county's.

    Where some have no value that can be shown, or an incomplete one, the highest of the others is
    said to be so.
    Leave `county_value` out where the place is the county.
    """
    ties = _by_value(rows, decimals)
    where = f"i {place_name} {in_period(period)}"
    partial = sum(row.partial for row in rows)
    if not ties:
        what = "fullständiga uppgifter" if partial else _some_value(rows)
        finding = f"{noun.none} i {place_name} har {what} för {period_name(period)}."
    elif len(ties) == 1:
        (tie,) = ties
        seen = " som visas" if _hidden(rows) else ""
        who = (
            f"Endast {tie.names[0]} har {_whole_value(rows)}"
            if len(tie.names) == 1
            else f"{tie.count(noun)}{seen} har samma värde"
        )
        finding = f"{who} {where}: {quantity(tie.value, unit, decimals)}."
    else:
        highest, lowest = (
            f"{tie.told(noun)}, {quantity(tie.value, unit, decimals)}."
            for tie in (ties[-1], ties[0])
        )
        among = f" {of_those(rows, noun)}" if partial or _unshown(rows) else ""
        finding = f"Högst{among} {where}: {highest} Lägst{' av dem' if among else ''}: {lowest}"
    return joined(
        finding,
        reference(place_name, place_value, unit, decimals),
        reference(county().name, county_value, unit, decimals),
        _without_value(rows, noun),
    )


def hospital_finding(
    *,
    period: str,
    rows: Sequence[Ranked],
    county_value: float | None,
    decimals: int,
) -> str:
    """Which hospital discharges the largest share, in percent, before notice, and the county's."""
    ties = _by_value(rows, decimals)
    when = in_period(period)
    if not ties:
        finding = f"Inget sjukhus har {_some_value(rows)} för andelen {_BEFORE_NOTICE} {when}."
    elif not any(row.value for row in rows if known(row.value)):
        finding = f"Inga {_BEFORE_NOTICE} {when} vid de sjukhus som visas."
    elif sum(row.whole for row in rows) == 1 < sum(row.status != "none" for row in rows):
        (tie,) = ties
        what = _whole_value(rows)
        share = quantity(tie.value, "procent", decimals)
        finding = f"Endast {tie.names[0]} har {what} om andelen {_BEFORE_NOTICE} {when}: {share}."
    else:
        tie = ties[-1]
        share = quantity(tie.value, "procent", decimals)
        all_whole = all(row.whole for row in rows if row.status != "none")
        among = "" if all_whole else f" {of_those(rows, HOSPITAL)}"
        finding = f"Störst andel {_BEFORE_NOTICE} {when}{among}: {tie.told(HOSPITAL)}, {share}."
    return joined(
        finding,
        reference("Hela länet", county_value, "procent", decimals),
        _without_value(rows, HOSPITAL),
    )


def bar_alt(*, name: str, place_name: str, period: str, finding: str) -> str:
    """A ranking's bars in words: what they show, where and when, and the finding."""
    return joined(f"Stapeldiagram: {name}, {place_name}, {period_name(period)}.", finding)


@dataclass(frozen=True)
class _Tie:
    """Places whose values read the same, in alphabetical order."""

    value: float
    names: tuple[str, ...]

    @classmethod
    def of(cls, pairs: Sequence[tuple[float, str]]) -> "_Tie":
        return cls(pairs[0][0], tuple(sorted((name for _, name in pairs), key=sort_key)))

    def count(self, noun: Noun) -> str:
        return plural(len(self.names), noun.one, noun.many)

    def told(self, noun: Noun) -> str:
        few = len(self.names) <= MOST_NAMES
        return enumerate_words(self.names) if few else self.count(noun)


def _by_value(rows: Sequence[Ranked], decimals: int) -> list[_Tie]:
    """The places that have a value, lowest first, one element for values that read the same."""
    pairs = sorted((row.value, row.name) for row in rows if row.whole and known(row.value))
    groups = groupby(pairs, key=lambda pair: number(pair[0], decimals))
    return [_Tie.of(list(group)) for _, group in groups]


def of_those(rows: Sequence[Ranked], noun: Noun) -> str:
    """Among which a place is first, where that is not all: `av de 5 områden som visas`."""
    number_shown = sum(row.whole for row in rows)
    count = plural(number_shown, noun.one, noun.many)
    partial = any(row.partial for row in rows)
    those = f"av de {count}" if number_shown > 1 else f"av {count}"
    return f"{those} {'med fullständiga uppgifter' if partial else 'som visas'}"


def _some_value(rows: Sequence[Ranked]) -> str:
    """What no place has, where none is shown: one that is hidden has a value."""
    return "något värde som visas" if _hidden(rows) else "något värde"


def _whole_value(rows: Sequence[Ranked]) -> str:
    """What only one place has."""
    if any(row.partial for row in rows):
        return "fullständiga uppgifter"
    return "ett värde som visas" if _hidden(rows) else "ett värde"


def _hidden(rows: Sequence[Ranked]) -> bool:
    return any(row.status == "confidential" and not known(row.value) for row in rows)


def _unshown(rows: Sequence[Ranked]) -> int:
    """How many places have a value that is hidden or missing; with nothing to count is none."""
    return sum(not known(row.value) and row.status != "none" for row in rows)


def _without_value(rows: Sequence[Ranked], noun: Noun) -> str:
    """How many are not shown, by why: protected, missing, or nothing to count."""
    if not any(known(row.value) for row in rows):
        return ""
    absent = Counter(row.status for row in rows if not known(row.value))
    none, hidden = absent.pop("none", 0), absent.pop("confidential", 0)
    missing = absent.total()
    partial = sum(row.partial for row in rows)
    said = (
        (partial, "har ofullständiga uppgifter"),
        (hidden, "har skyddade värden"),
        (missing, "saknar uppgift"),
        (none, "har inget att räkna på"),
    )
    return " ".join(f"{plural(n, noun.one, noun.many)} {why}." for n, why in said if n)
