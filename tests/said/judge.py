"""Texts read sentence by sentence, each held against the facts that it is about."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import reference
from metrics.catalogue import indicators
from metrics.indicator import Indicator
from tests.said import words
from tests.said.chance import Among, among, board
from tests.said.facts import Facts, Row, level_of, written


class Untrue(AssertionError):
    """A sentence that the facts do not bear out."""


@dataclass
class Subject:
    """What a text is of, and what its sentences so far have been about.

    `month` is the period that it begins with; `many` where its signals are of many series.
    """

    key: str
    place: str
    period: str
    level: str = "municipality"
    share: str = ""
    month: str = ""
    many: bool = False


Check = Callable[["Judge", re.Match[str]], None]
_CHECKS: list[tuple[re.Pattern[str], str, Check]] = []
_TEMPLATES: list[tuple[str, Check]] = []


def says(*templates: str) -> Callable[[Check], Check]:
    """Marks how sentences of these templates are held against the facts."""

    def marked(check: Check) -> Check:
        _TEMPLATES.extend((one, check) for one in templates)
        return check

    return marked


@dataclass
class Judge:
    """Reads texts: what was understood, what was not, and what is untrue."""

    facts: Facts
    held: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)
    about: Subject = field(default_factory=lambda: Subject("mean_days", "lan", "2026-01"))
    _boards: dict[str, Among] = field(default_factory=dict)

    def read(self, text: str, *, key: str, place: str, period: str, level: str = "") -> None:
        """Hold a text against the facts, sentence by sentence."""
        if not _CHECKS:
            _CHECKS.extend((words.pattern(one), one, check) for one, check in _TEMPLATES)
        self.about = Subject(key, place, period, level or "municipality", month=period)
        rest = words.plain(text).strip()
        if rest and rest[-1] not in ".:!?":
            rest += "."
        while rest:
            rest = self._first(rest).strip()

    def _first(self, rest: str) -> str:
        """Judge the first sentence, and give back what follows it."""
        for shape, _, check in _CHECKS:
            match = shape.match(rest)
            if match and rest[match.end() : match.end() + 1] in ("", " "):
                try:
                    check(self, match)
                except Untrue as error:
                    self.untrue.append(f"{match.group()} | {error} | {self.about}")
                self.held.append(match.group())
                return rest[match.end() :]
        end = re.search(r"[.!?:](?= [A-ZÅÄÖ0-9]|$)", rest)
        at = end.end() if end else len(rest)
        self.unknown.append(rest[:at])
        return rest[at:]

    @property
    def indicator(self) -> Indicator:
        """The indicator that the text is about."""
        return indicators()[self.about.key]

    def row(self, place: str = "", period: str = "", key: str = "") -> Row:
        """The number that is spoken of, or that of another place, period or indicator."""
        about = self.about
        return self.facts.row(key or about.key, place or about.place, period or about.period)

    def is_so(self, true: object, why: object) -> None:
        """Raise where it is not."""
        if not true:
            raise Untrue(str(why))

    def same(self, said: str, value: float | None, about: Indicator | None = None) -> None:
        """A number in a sentence is the value, with the decimals and the unit of its indicator."""
        about = about or self.indicator
        if value is None:
            raise Untrue(f"{said}: there is no value")
        text = written(value, about.decimals)
        unit = "" if about.unit == "antal" else words.plain(about.unit)
        if text == "1" and unit.startswith("dagar"):
            unit = unit.replace("dagar", "dag", 1)
        number = re.match(words.NUMBER, said)
        told = said[number.end() :].strip() if number else "?"
        self.is_so(number and number.group() == text, f"{said} is {value}")
        self.is_so(told in ("", unit), f"{said} is in {unit}")

    def municipalities(self, place: str) -> list[str]:
        """The municipalities of the county or an area."""
        return [
            one.code for one in reference.municipalities() if place in (one.area, reference.COUNTY)
        ]

    def told(self) -> Among:
        """The signals that are too strong to be chance among all that Översikt has."""
        month = self.about.month
        if month not in self._boards:
            self._boards[month] = among(self.facts, board(self.facts, month))
        return self._boards[month]

    def among(self) -> list[str]:
        """The places that a ranking is of."""
        if self.about.level == "area":
            return [area.key for area in reference.areas()]
        if self.about.level == "hospital":
            return [one.name for one in reference.hospitals()]
        return self.municipalities(self.about.place)

    def ranked(self) -> dict[str, float]:
        """The places of a ranking that have a whole value."""
        rows = {place: self.row(place) for place in self.among()}
        return {
            place: row.value
            for place, row in rows.items()
            if row.value is not None and row.status != "partial"
        }

    def set_place(self, name: str) -> None:
        """A sentence has named the place that the next are about."""
        self.about.place = words.places()[name]

    def over(self, keys: Sequence[str], period: str = "") -> dict[str, float]:
        """The places with a whole value over the target."""
        target = self.indicator.target
        rows = {place: self.row(place, period) for place in keys}
        return {
            place: row.value
            for place, row in rows.items()
            if row.value is not None and row.status != "partial"
            if target is not None and row.value > target
        }

    def liable(self, codes: Sequence[str]) -> list[str]:
        """The municipalities over the target, and those with persons beyond seven days, who are
        counted one by one whatever the mean is."""
        long = [at for at in codes if (self.row(at, key="over_7").value or 0) > 0]
        return sorted({*self.over(codes), *long})


def level(place: str) -> str:
    """Which kind of place it is."""
    return level_of(place)
