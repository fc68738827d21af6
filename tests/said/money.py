"""Sentences about funds, held against the lines of the register in force."""

import re
from collections.abc import Mapping

import reference
from tests.said import words
from tests.said.facts import written
from tests.said.judge import Judge, says

_WHO = r"(?P<who>\d+ (?:NOSAM|projekt|mottagare)|[^.:]+?)"


def _lines(judge: Judge, programme: str, year: str) -> dict[str, Mapping[str, float]]:
    """The amounts of the recipients that are the place's, by recipient and measure."""
    judge.about.share = f"{programme}|{year}"
    found: dict[str, Mapping[str, float]] = {}
    for (level, recipient), amounts in judge.facts.money.get((programme, year), {}).items():
        area = reference.nosam_areas().get(reference.normalise(recipient))
        if level == "area":
            area = reference.find_place(recipient, level="area")
        if judge.about.place in ("lan", area):
            found[recipient] = amounts
    return found


def _sum(lines: Mapping[str, Mapping[str, float]], measure: str) -> float:
    return sum(amounts.get(measure, 0.0) for amounts in lines.values())


@says(rf"(?P<programme>[A-ZÅÄÖ][^.:]*?) (?P<year>20\d\d): <n> kr av det som {_WHO} har rekvirerat "
      r"är inte använt\.",
      rf"(?P<programme>[A-ZÅÄÖ][^.:]*?) (?P<year>20\d\d): allt som {_WHO} har rekvirerat är "
      r"använt\.")  # fmt: skip
def unspent(judge: Judge, match: re.Match[str]) -> None:
    """What those who have requisitioned have not used."""
    lines = {
        name: amounts
        for name, amounts in _lines(judge, match["programme"], match["year"]).items()
        if "requisitioned" in amounts
    }
    rest = _sum(lines, "requisitioned") - _sum(lines, "used")
    judge.is_so(words.count(match.groupdict().get("n") or "0") == rest, rest)
    _counted(judge, match["who"], lines)


def _counted(judge: Judge, who: str, lines: Mapping[str, object]) -> None:
    many = re.match(r"\d+", who)
    named = [words.plain(name) for name in lines]
    judge.is_so(int(many.group()) == len(lines) if many else [who] == named, named)


@says(r"(?P<programme>[A-ZÅÄÖ][^.:]*?) (?P<year>20\d\d): (?P<least>minst )?<n> kr tilldelat "
      r"(?:till )?(?P<who>[^.]+)\.")  # fmt: skip
def allocated(judge: Judge, match: re.Match[str]) -> None:
    """What the county, or the place's own, was allocated."""
    lines = _lines(judge, match["programme"], match["year"])
    own = {name: one for name, one in lines.items() if words.plain(name) == match["who"]}
    those = own or {name: one for name, one in lines.items() if "allocated" in one}
    judge.is_so(words.count(match["n"]) == _sum(those, "allocated"), those)
    if not own:
        _counted(judge, match["who"], those)


@says(rf"{_WHO} (?:får rekvirera <ceiling:n> kr)?(?:, | och )?(?:har rekvirerat <drawn:n> kr(?: "
      r"\(<part:n> procent\))?)?(?: och )?(?:har använt <used:n> kr(?: \(<share:n> procent\))?)?\."
      )  # fmt: skip
def drawn(judge: Judge, match: re.Match[str]) -> None:
    """What they may requisition, have requisitioned and have used."""
    programme, _, year = judge.about.share.partition("|")
    lines = {
        name: amounts
        for name, amounts in _lines(judge, programme, year).items()
        if amounts.keys() & {"ceiling", "requisitioned", "used"}
    }
    _counted(judge, match["who"], lines)
    sums = {name: _sum(lines, name) for name in ("ceiling", "requisitioned", "used")}
    for said, name in (("ceiling", "ceiling"), ("drawn", "requisitioned"), ("used", "used")):
        judge.is_so(words.count(match[said] or "0") == sums[name], sums)
    for said, part, of in (
        ("part", "requisitioned", "ceiling"),
        ("share", "used", "requisitioned"),
    ):
        if match[said]:
            judge.is_so(match[said] == written(100 * sums[part] / sums[of], 0), sums)


@says(r"Kvar av det rekvirerade: <n> kr\.")
def left(judge: Judge, match: re.Match[str]) -> None:
    """What is requisitioned and not used."""
    programme, _, year = judge.about.share.partition("|")
    lines = _lines(judge, programme, year)
    rest = _sum(lines, "requisitioned") - _sum(lines, "used")
    judge.is_so(words.count(match["n"]) == rest, rest)
