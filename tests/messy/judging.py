"""Which files there are, and what became of each: right, asked, refused, or silently wrong."""

import random
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from pathlib import Path

import pipeline
from loaders import publishable
from loaders.delivery import Delivery
from tests.messy.contents import CONTENTS, Change
from tests.messy.draft import Draft, Key, tables
from tests.messy.forms import FORMS
from tests.messy.writing import write

_OF_PAIRS = 5
_DIMENSIONS = ("process", "programme", "indicator")
# Warnings that say of a number that it may be another; the others say what was set aside.
_HARMLESS = frozenset({"coarser-than-current", "coverage-shrank", "unlikely-change"})


class Outcome(StrEnum):
    """What became of a file; only the last is never right."""

    RIGHT = "right"
    ASKED = "asked"
    REFUSED = "refused"
    WRONG = "silently wrong"


@dataclass(frozen=True)
class Messy:
    """A file with one or two kinds of mess."""

    kinds: tuple[str, ...]
    draft: Draft


@dataclass(frozen=True)
class Verdict:
    """What became of a file; `codes` are of its problems, `differing` the values that are wrong."""

    messy: Messy
    outcome: Outcome
    codes: tuple[str, ...]
    differing: tuple[tuple[Key, float | None, float | None], ...] = ()


def files() -> Iterator[Messy]:
    """Every kind alone on every table, and a fifth of all pairs on one table; always the same.

    Kinds of content come first, so that their cells are there when they are written.
    """
    known = tables()
    kinds: Mapping[str, Change] = {**CONTENTS, **FORMS}
    for name, change in kinds.items():
        for table in known:
            if changed := change(table):
                yield Messy((name,), changed)
    for number, (first, second) in enumerate(combinations(kinds, 2)):
        if number % _OF_PAIRS:
            continue
        chance = random.Random(number)
        for table in chance.sample(known, len(known)):
            changed = kinds[first](table)
            both = kinds[second](changed) if changed else None
            if both is not None:
                yield Messy((first, second), both)
                break


def judge(messy: Messy) -> Verdict:
    """Write the file, check it as the program does, and compare what it would publish."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(messy.draft, Path(folder))
        with pipeline.checked(path) as file:
            return _verdict(messy, file)


def _verdict(messy: Messy, file: Delivery) -> Verdict:
    codes = tuple(dict.fromkeys(problem.code for problem in file.problems))
    if not file.ok:
        asked = any(getattr(problem, "question", None) for problem in file.problems)
        return Verdict(messy, Outcome.ASKED if asked else Outcome.REFUSED, codes)
    found: dict[Key, float | None] = {}
    for row in publishable.rows(file):
        by = next((str(row[name]) for name in _DIMENSIONS if row.get(name)), "")
        key = (str(row["period"]), str(row["place"]), by, str(row["measure"]))
        value = row["value"] if row["state"] == "ok" else None
        found[key] = float(value) if value is not None else None
    truth = messy.draft.truth
    differing = tuple(
        (key, truth.get(key), found.get(key))
        for key in sorted({*truth, *found})
        if not _same(truth.get(key), found.get(key))
    )
    told = {problem.code for problem in file.warnings} - _HARMLESS
    if messy.draft.clear and not differing:
        return Verdict(messy, Outcome.RIGHT, codes)
    return Verdict(messy, Outcome.ASKED if told else Outcome.WRONG, codes, differing)


def _same(expected: float | None, found: float | None) -> bool:
    if expected is None or found is None:
        return expected is found
    return abs(expected - found) < 1e-6
