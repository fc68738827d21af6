"""The sections that a briefing and a quarterly report are made of, each a name and a builder.

Another section is another row here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from metrics.due import last_ended
from reference import WheelItem
from reports.content import deviations, discharges, funds, funnel
from reports.content.basis import View
from reports.model import Block, Heading, Part, Points
from swedish.periods import month_name, next_period
from views import year_wheel
from views.deviations import page


@dataclass(frozen=True)
class Section:
    """What can be chosen: its name, its messages for a view, and why it has none.

    `why` ends a sentence that begins with the section's name.
    """

    title: str
    build: Callable[[View], tuple[Part, ...]]
    why: Callable[[View], str]


def built(
    sections: Mapping[str, Section], chosen: View, keys: Iterable[str]
) -> tuple[tuple[Part, ...], str]:
    """The messages of the sections with these keys, and a line on which had none and why."""
    filled: list[Part] = []
    empty: list[str] = []
    wanted = set(keys)
    for key, section in sections.items():
        if key not in wanted:
            continue
        parts = section.build(chosen)
        filled += parts
        if not parts:
            empty.append(f"{section.title} ({section.why(chosen)})")
    return tuple(filled), f"Utelämnat: {'; '.join(empty)}." if empty else ""


def last_quarter(chosen: View) -> View | None:
    """The same place in the last quarter with deviations that had ended with the month."""
    after = date.fromisoformat(f"{next_period(chosen.period)}-01")
    ended = last_ended("quarter", today=after)
    told = [one.period for one in page.course(place=chosen.place, quarter=ended).steps if one.value]
    quarter = max((one for one in told if one <= ended), default=None)
    return replace(chosen, period=quarter) if quarter else None


def _deviations(chosen: View) -> tuple[Part, ...]:
    quarter = last_quarter(chosen)
    if quarter is None:
        return ()
    return (
        *deviations.registered(quarter),
        *deviations.processes(quarter),
        *funnel.parts(quarter),
    )


def _no_deviations(chosen: View) -> str:
    return f"inga avvikelser är inlästa för något kvartal till och med {chosen.when}"


def _ahead(chosen: View) -> tuple[Part, ...]:
    """What the place's year holds in the month after the report's and the three that follow."""
    start = next_period(chosen.period)
    wheel = year_wheel.wheel(start, area=chosen.place)
    blocks: list[Block] = []
    for month, items in wheel.months:
        if items:
            blocks.append(Heading(month_name(month).capitalize()))
            blocks.append(Points(tuple(map(_item, items))))
    if not blocks:
        return ()
    if wheel.every_month:
        blocks.append(Heading("Varje månad"))
        blocks.append(Points(tuple(map(_item, wheel.every_month))))
    last = month_name(wheel.months[-1][0])
    title = f"Årshjulet {month_name(start)} till {last}"
    return (Part(title, tuple(blocks), label="På gång"),)


def _item(item: WheelItem) -> str:
    return f"{item.text} ({', '.join(item.forums)})"


BRIEFING: Mapping[str, Section] = {
    "utskrivningsklara": Section(
        "Utskrivningsklara", discharges.parts, lambda chosen: "inga uppgifter är inlästa"
    ),
    "avvikelser": Section("Avvikelser", _deviations, _no_deviations),
    "medel": Section("Medel", funds.parts, funds.left_out),
    "arshjul": Section(
        "På gång",
        _ahead,
        lambda chosen: f"årshjulet har inget för {chosen.place_name} de närmaste månaderna",
    ),
}


def _hidden_or_none(chosen: View) -> str:
    return f"inget som kan visas för {chosen.when}"


def _no_course(chosen: View) -> str:
    return f"inget som kan visas över tid för {chosen.when}"


QUARTERLY: Mapping[str, Section] = {
    "siffror": Section("Kvartalet i siffror", deviations.registered, _hidden_or_none),
    "forandring": Section(
        "Förändring", deviations.changes, lambda chosen: "inget äldre kvartal att jämföra med"
    ),
    "processer": Section("Processer", deviations.processes, _hidden_or_none),
    "vagar": Section("Från vem till vem", deviations.ways, _hidden_or_none),
    "svar": Section("Besvarade inom två månader", deviations.answered, _no_course),
    "kommuner": Section("Kommunerna per invånare", funnel.parts, _hidden_or_none),
}
