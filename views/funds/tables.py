"""What the page about funds shows, made ready: one programme and year, from allocated to left.

A register holds a whole (level `county`), the parts that it is divided into, and the NOSAM and
projects that requisition and use them. A single area is a part of the areas' common sum where
there is one. What the parts do not explain is shown as `ej redovisat`, never forced away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from swedish import typography
from swedish.phrases import joined
from views.funds import sentences as said
from views.funds.sentences import Amount, Bound, total

UNEXPLAINED = "Ej redovisat"
_MOST_NAMES = 4
_DRAWN = ("ceiling", "requisitioned", "used", "left", "unclaimed")
STATUSES: Mapping[Bound, str] = {
    "exact": "ok",
    "lower": "lower-bound",
    "upper": "upper-bound",
    "around": "about",
}


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A recipient of funds; an amount that the register does not have is None.

    `level`: nation, county, areas (all together), area, federation, region, nosam or project;
    `area` is the key of the area that a single area's grant is for; `decided` says when and by
    whom. What the whole nation has is no part of the county's.
    """

    level: str
    recipient: str
    area: str | None = None
    allocated: Amount | None = None
    ceiling: Amount | None = None
    requisitioned: Amount | None = None
    used: Amount | None = None
    decided: str = ""

    @property
    def left(self) -> Amount | None:
        """What has been requisitioned and not used."""
        return _less(self.requisitioned, self.used)

    @property
    def unclaimed(self) -> Amount | None:
        """What may still be requisitioned."""
        return _less(self.ceiling, self.requisitioned)


class Bar(NamedTuple):
    """A row for `charts.funds.amount_chart`."""

    name: str
    detail: str
    value: float
    bound: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class FundView:
    """One programme and year, with its grants in the order of the register."""

    programme: str
    year: str
    grants: tuple[Grant, ...]

    @property
    def whole(self) -> Grant | None:
        """The grant that the others are parts of, where there is exactly one."""
        wholes = [grant for grant in self.grants if grant.level == "county" and grant.allocated]
        return wholes[0] if len(wholes) == 1 else None

    @property
    def parts(self) -> tuple[Grant, ...]:
        """What the whole is divided into, or, without a whole, every allocated sum."""
        together = any(grant.level == "areas" for grant in self.grants)
        return tuple(
            grant
            for grant in self.grants
            if grant.allocated
            and grant is not self.whole
            and not (grant.level == "area" and together)
            and grant.level != "nation"
        )

    @property
    def of_areas(self) -> tuple[Grant, ...]:
        """The single areas' parts of the areas' common sum."""
        shown = {id(grant) for grant in self.parts}
        return tuple(
            grant
            for grant in self.grants
            if grant.level == "area" and grant.allocated and id(grant) not in shown
        )

    @property
    def recipients(self) -> tuple[Grant, ...]:
        """Those who may requisition, have requisitioned or have used."""
        return tuple(
            grant for grant in self.grants if grant.ceiling or grant.requisitioned or grant.used
        )

    @property
    def drawn(self) -> Mapping[str, Amount | None]:
        """The recipients' sums. What is left is of those whose both amounts are known: one of them
        less another's says nothing, and nobody has less than nothing left."""
        return {name: _sum(getattr(one, name) for one in self.recipients) for name in _DRAWN}

    @property
    def divisible(self) -> tuple[Grant, ...]:
        """The allocated sums, that of the areas together first: it is the one they divide."""
        sums = (grant for grant in self.grants if grant.allocated and grant.level != "nation")
        return tuple(sorted(sums, key=lambda grant: grant.level != "areas"))

    @property
    def finding(self) -> str:
        """What was allocated, what its parts explain, and what has become of it."""
        whole = self.whole
        parts = [part.allocated for part in self.parts if part.allocated]
        sums = whole.allocated if whole else total(parts) if parts else None
        sum_of = self.drawn
        drawn = said.drawn(
            recipients=who(self.recipients),
            ceiling=sum_of["ceiling"],
            requisitioned=sum_of["requisitioned"],
            used=sum_of["used"],
            left=sum_of["left"],
        )
        return joined(
            said.allocated(
                programme=self.programme,
                year=self.year,
                amount=sums,
                recipient=whole.recipient if whole else f"till {who(self.parts)}",
            ),
            self._unexplained,
            drawn or "Uppgift om rekvirerade och använda medel saknas.",
        )

    @property
    def _unexplained(self) -> str:
        if not self.whole or not self.whole.allocated:
            return ""
        parts = [part.allocated for part in self.parts if part.allocated]
        names = [_inside(part.recipient) for part in self.parts]
        together = typography.enumerate_words(names) if len(names) <= _MOST_NAMES else "delarna"
        return said.unexplained(
            self.whole.allocated, parts, names=together[:1].upper() + together[1:]
        )

    @property
    def steps(self) -> pd.DataFrame:
        """From allocated to left, for `amount_chart`: only the steps that there are figures for."""
        whole, parts, those = self.whole, self.parts, self.recipients
        drawn = self.drawn
        allocated = whole.allocated if whole else _sum(part.allocated for part in parts)
        steps = [
            ("Tilldelat", whole.recipient if whole else who(parts), allocated, "amount"),
            ("Får rekvirera", who(those), drawn["ceiling"], "amount"),
            ("Rekvirerat", who(those), drawn["requisitioned"], "amount"),
            ("Använt", who(those), drawn["used"], "amount"),
            ("Kvar", "rekvirerat men inte använt", drawn["left"], "rest"),
        ]
        return _bars((name, detail, sums, kind) for name, detail, sums, kind in steps if sums)

    @property
    def division(self) -> pd.DataFrame:
        """The whole, its parts and what they do not explain, for `amount_chart`."""
        whole, parts, inner = self.whole, self.parts, self.of_areas
        rows: list[tuple[str, str, Amount | None, str]] = []
        if whole:
            kind = "whole" if parts else "amount"
            rows.append((whole.recipient, "", whole.allocated, kind))
        for part in parts:
            rows.append((part.recipient, "", part.allocated, "part"))
            if part.level == "areas" and inner:
                rows += [(one.recipient, f"del av {_inside(part.recipient)}", one.allocated, "part")
                         for one in inner]  # fmt: skip
                rest = _rest(part.allocated, inner)
                rows.append((UNEXPLAINED, f"av {_inside(part.recipient)}", rest, "rest"))
        if whole and parts:
            rest = _rest(whole.allocated, parts)
            rows.append((UNEXPLAINED, f"av {_inside(whole.recipient)}", rest, "rest"))
        return _bars(row for row in rows if row[3] != "rest" or (row[2] and row[2].kronor > 0))

    @property
    def table(self) -> pd.DataFrame:
        """A row a recipient: `name`, and in kronor `ceiling`, `requisitioned`, `used`, `left` and
        `unclaimed` (what may still be requisitioned), each with its `<column>_status`; `decided`.

        The last row is the sum.
        """
        rows = [
            _line(one.recipient, {name: getattr(one, name) for name in _DRAWN}, one.decided)
            for one in self.recipients
        ]
        if len(rows) > 1:
            rows.append(_line("Summa", self.drawn))
        return pd.DataFrame(rows)


def bars_alt(bars: pd.DataFrame, *, what: str) -> str:
    """The bars of `steps` or `division` in words."""
    told = [
        f"{name}{f' ({detail})' if detail else ''} {Amount(int(kronor), bound)}"
        for name, detail, kronor, bound in zip(
            bars["name"], bars["detail"], bars["value"], bars["bound"], strict=True
        )
    ]
    return f"Stapeldiagram: {what}. {'; '.join(told)}."


def _sum(amounts: Iterable[Amount | None]) -> Amount | None:
    """The sum of those that are known, at least so much where some are not; None where none is."""
    given = list(amounts)
    known = [amount for amount in given if amount]
    if not known:
        return None
    return total(known) if len(known) == len(given) else total(known) + Amount(0, "lower")


def _less(one: Amount | None, other: Amount | None) -> Amount | None:
    return one - other if one and other else None


def _rest(whole: Amount | None, parts: Sequence[Grant]) -> Amount | None:
    return _less(whole, _sum(part.allocated for part in parts))


def who(grants: Sequence[Grant]) -> str:
    """`8 NOSAM`, `2 projekt`, the name of the only one, or `5 mottagare`."""
    if len(grants) == 1:
        return grants[0].recipient
    levels = {grant.level for grant in grants}
    noun = {"nosam": "NOSAM", "project": "projekt"}.get(*levels) if len(levels) == 1 else None
    return f"{len(grants)} {noun or 'mottagare'}"


def _inside(recipient: str) -> str:
    """The name as it stands within a sentence: a leading article is no name."""
    return (
        recipient[0].lower() + recipient[1:] if recipient.startswith(("De ", "Den ")) else recipient
    )


def _bars(rows: Iterable[tuple[str, str, Amount | None, str]]) -> pd.DataFrame:
    bars = [
        Bar(name, detail, amount.kronor, amount.bound, kind)
        for name, detail, amount, kind in rows
        if amount
    ]
    frame = pd.DataFrame(bars, columns=list(Bar._fields))
    return frame.assign(value_status=frame["bound"].map(STATUSES))


def _line(name: str, amounts: Mapping[str, Amount | None], decided: str = "") -> dict[str, object]:
    line: dict[str, object] = {"name": name, "decided": decided}
    for column, amount in amounts.items():
        line[column] = amount.kronor if amount else None
        line[f"{column}_status"] = STATUSES[amount.bound] if amount else "missing"
    return line
