"""The sections that a briefing and a quarterly report are made of, each a heading and a builder.

Another section is another row here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from reference import WheelItem
from reports.content import basis, deviations, discharges, funds
from reports.content.basis import View
from reports.content.comments import said
from reports.model import Block, Heading, Points, Text
from swedish.periods import month_name
from views import year_wheel
from views.deviations import page

NO_DEVIATIONS = "Inga avvikelser är inlästa för något kvartal som har gått."


@dataclass(frozen=True)
class Section:
    """A part that can be chosen: its title, and its blocks for a view."""

    title: str
    build: Callable[[View], tuple[Block, ...]]


def _month(chosen: View) -> tuple[Block, ...]:
    return *discharges.numbers(discharges.month(chosen)), *said(chosen, ("mean_days",))


def _compared(chosen: View) -> tuple[Block, ...]:
    shown = discharges.month(chosen)
    return *discharges.compared(shown), discharges.owed(shown)


def last_quarter(chosen: View) -> View | None:
    """The same place in the last quarter with deviations that had ended with the month."""
    year, month = chosen.period.split("-")
    ended = f"{year}-K{int(month) // 3}"
    quarter = max((one for one in page.quarters() if one <= ended), default=None)
    return replace(chosen, period=quarter) if quarter else None


def _deviations(chosen: View) -> tuple[Block, ...]:
    quarter = last_quarter(chosen)
    if quarter is None:
        return (Text(NO_DEVIATIONS),)
    return (
        *deviations.numbers(quarter),
        *said(quarter, ("deviations",)),
        deviations.caution(),
        *deviations.processes(quarter),
    )


def _funds(chosen: View) -> tuple[Block, ...]:
    return funds.blocks(chosen)


def ahead(chosen: View) -> tuple[Block, ...]:
    """What the collaboration's year holds this month and in the three that follow."""
    wheel = year_wheel.wheel(f"{chosen.made:%Y-%m}")
    found: list[Block] = []
    for month, items in wheel.months:
        if items:
            found.append(Heading(month_name(month).capitalize()))
            found.append(Points(tuple(map(_item, items))))
    if wheel.every_month:
        found.append(Heading("Varje månad"))
        found.append(Points(tuple(map(_item, wheel.every_month))))
    return tuple(found)


def _item(item: WheelItem) -> str:
    return f"{item.text} ({', '.join(item.forums)})"


def _basis(chosen: View) -> tuple[Block, ...]:
    return (
        Points(basis.gaps(chosen)),
        basis.loads_table(["discharges", "deviations", "funds"]),
        basis.definitions_table(discharges.KEYS),
    )


BRIEFING: Mapping[str, Section] = {
    "utskrivningsklara": Section("Utskrivningsklara", _month),
    "jamforelse": Section("Jämförelse", _compared),
    "avvikelser": Section("Avvikelser", _deviations),
    "medel": Section("Medel", _funds),
    "arshjul": Section("På gång", ahead),
    "underlag": Section("Data och definitioner", _basis),
}


def _numbers(chosen: View) -> tuple[Block, ...]:
    return *deviations.numbers(chosen), *said(chosen, ("deviations",)), deviations.caution()


QUARTERLY: Mapping[str, Section] = {
    "siffror": Section("Kvartalet i siffror", _numbers),
    "forandring": Section("Förändring", deviations.changes),
    "processer": Section("Processer", deviations.processes),
    "vagar": Section("Från vem till vem", deviations.ways),
    "svar": Section("Besvarade inom två månader", deviations.answered),
    "kommuner": Section("Kommunerna per invånare", deviations.funnel),
}
