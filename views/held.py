"""Whether numbers that were handed out are still what they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import reference
from metrics.catalogue import indicators
from metrics.values import Value, values
from swedish import typography
from swedish.periods import period_name


class Shown(Protocol):
    """A number as it was handed out."""

    @property
    def indicator(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def status(self) -> str: ...


class Held(StrEnum):
    """What has become of a number."""

    SAME = "same"
    CHANGED = "changed"
    HIDDEN = "hidden"
    GONE = "gone"


@dataclass(frozen=True)
class Answer:
    """A number that was handed out, and what it is now; `told` says both."""

    held: Held
    told: str


def compared(numbers: Sequence[Shown]) -> list[Answer]:
    """Each of the numbers against what is shown now, in the same order."""
    now: dict[tuple[str, str, str, str], Value] = {}
    for key in dict.fromkeys(one.indicator for one in numbers):
        if key not in indicators():
            continue
        asked = [one.period for one in numbers if one.indicator == key]
        for value in values(indicator=key, start=min(asked), end=max(asked)):
            now[key, value.period, value.level, value.place] = value
    return [
        _answer(one, now.get((one.indicator, one.period, one.level, one.place))) for one in numbers
    ]


def _answer(was: Shown, now: Value | None) -> Answer:
    about = indicators().get(was.indicator)
    name = about.name if about else was.indicator
    decimals = about.decimals if about else 2
    where = reference.place_name(was.level, was.place)
    told = f"{name}, {where}, {period_name(was.period)}: {_said(was.value, was.status, decimals)}"
    if now is None:
        return Answer(Held.GONE, f"{told}; finns inte längre")
    if now.status == "confidential" and was.status != "confidential":
        return Answer(Held.HIDDEN, f"{told}; är nu skyddad uppgift")
    same = (was.value is None) == (now.value is None) and was.status == now.status
    if same and (was.value is None or now.value is None or abs(was.value - now.value) < 1e-9):
        return Answer(Held.SAME, told)
    return Answer(Held.CHANGED, f"{told}; är nu {_said(now.value, now.status, decimals)}")


def _said(value: float | None, status: str, decimals: int) -> str:
    if value is not None:
        mark = "*" if status == "partial" else ""
        return f"{typography.number(value, decimals)}{mark}"
    return {"confidential": "skyddad uppgift"}.get(status, "saknas")
