"""Swedish sentences about funds, and the arithmetic of sums that are only known as bounds.

"Drygt 33 Mkr" is at least 33 000 000 kr: a lower bound, which stays one in sums and becomes an
upper bound when it is taken from something. What the parts do not explain is never forced away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from swedish import typography
from swedish.phrases import BOUNDS, joined

Bound = Literal["exact", "lower", "upper", "around"]


@dataclass(frozen=True)
class Amount:
    """A sum in whole kronor, and which way the true sum may lie: `minst`, `högst`, `omkring`."""

    kronor: int
    bound: Bound = "exact"

    def __str__(self) -> str:
        """`minst 33 000 000 kr`"""
        return f"{BOUNDS[self.bound]}{typography.kronor(self.kronor)}"

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.kronor + other.kronor, _together(self.bound, other.bound))

    def __sub__(self, other: "Amount") -> "Amount":
        turned: dict[Bound, Bound] = {"lower": "upper", "upper": "lower"}
        bound = turned.get(other.bound, other.bound)
        return Amount(self.kronor - other.kronor, _together(self.bound, bound))


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum; a lower bound where any of the amounts is one."""
    return sum(amounts, start=Amount(0))


def not_accounted_for(whole: Amount, parts: Iterable[Amount]) -> Amount:
    """What the parts do not explain of the whole; below 0 where they exceed it."""
    return whole - total(parts)


def allocated(*, programme: str, year: str, amount: Amount | None, recipient: str) -> str:
    """What a programme was allocated in a year, and to whom."""
    if amount is None:
        return f"{programme} {year}: uppgift om tilldelade medel saknas."
    return f"{programme} {year}: {amount} tilldelat {recipient}."


def drawn(
    *,
    recipients: str,
    ceiling: Amount | None,
    requisitioned: Amount | None,
    used: Amount | None,
    left: Amount | None,
) -> str:
    """What `recipients` may requisition, have requisitioned and have used, and what is left."""
    steps = [
        f"får rekvirera {ceiling}" if ceiling else "",
        f"har rekvirerat {requisitioned}{_share(requisitioned, ceiling)}" if requisitioned else "",
        f"har använt {used}{_share(used, requisitioned)}" if used else "",
    ]
    told = [step for step in steps if step]
    if not told:
        return ""
    rest = f"Kvar av det rekvirerade: {left}." if left else ""
    return joined(f"{recipients} {typography.enumerate_words(told)}.", rest)


def unexplained(whole: Amount, parts: Iterable[Amount], *, names: str) -> str:
    """What the parts add up to and what is then not accounted for, `ej redovisat`."""
    sums = list(parts)
    if not sums:
        return ""
    rest = not_accounted_for(whole, sums)
    told = f"{names} får tillsammans {total(sums)}."
    if rest.kronor == 0 and rest.bound == "exact":
        return f"{told} Delarna förklarar hela beloppet."
    if rest.kronor < 0 and rest.bound in ("exact", "upper"):
        more = Amount(-rest.kronor, "lower" if rest.bound == "upper" else "exact")
        return f"{told} Det är {more} mer än helheten."
    if rest.kronor < 0:
        return f"{told} Helheten är alltså minst {typography.kronor(total(sums).kronor)}."
    return f"{told} Ej redovisat: {rest}."


def _together(one: Bound, other: Bound) -> Bound:
    if one == "exact":
        return other
    return one if other in ("exact", one) else "around"


def _share(part: Amount, whole: Amount | None) -> str:
    """` (71 procent)`; nothing where either is a bound, since a share of it could be anything."""
    if whole is None or whole.kronor == 0 or {part.bound, whole.bound} != {"exact"}:
        return ""
    return f" ({typography.number(100 * part.kronor / whole.kronor, 0)} procent)"
