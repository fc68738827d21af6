"""What a report's numbers rest on: loads, gaps, definitions, and the rules that were used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import reference
from metrics import loaded, residents
from metrics.catalogue import indicators
from metrics.datasets import name_of, population
from metrics.liability.rules import open_points, terms
from reports.content.basis import View, day, hidden_rule
from reports.model import Head, ReportCell, ReportTable
from settings import settings
from swedish import typography
from swedish.periods import period_name
from views import summary, tried
from views.loads_shown import LoadShown, loads_shown
from views.scoreboard import by_chance
from warehouse.journal import journal
from warehouse.state import remembered


@dataclass(frozen=True)
class Used:
    """A dataset of which a report shows the periods from `start` to `end`."""

    dataset: str
    start: str
    end: str


def loads_table(chosen: View, used: Iterable[Used]) -> ReportTable:
    """The loads whose numbers the report shows, the latest period of each dataset first."""
    rows = [
        (
            ReportCell(name_of(one.dataset)),
            ReportCell(shown.load.file),
            ReportCell(f"{shown.load.loaded_at:%Y-%m-%d}"),
            ReportCell(_periods(shown)),
        )
        for one in used
        for shown in _behind(chosen, one)
    ]
    heads = (Head("Uppgifter"), Head("Fil"), Head("Inläst"), Head("Visas för"))
    return ReportTable("Filer som siffrorna kommer från", "Inlästa uppgifter", heads, tuple(rows))


def inhabitants(chosen: View) -> Used:
    """The years whose inhabitants the place's rates of the period are by."""
    codes = [
        one.code
        for one in reference.municipalities()
        if chosen.place in (reference.COUNTY, one.area)
    ]
    years = residents.used_years(chosen.period, codes) or [int(chosen.period[:4])]
    return Used(population.DATASET.key, str(years[0]), str(years[-1]))


def last_loaded(chosen: View, used: Iterable[Used]) -> str:
    """The day of the latest load that is shown, `26 november 2026`; empty without any."""
    moments = [shown.load.loaded_at for one in used for shown in _behind(chosen, one)]
    return day(max(moments)) if moments else ""


def _behind(chosen: View, one: Used) -> tuple[LoadShown, ...]:
    return loads_shown(dataset=one.dataset, place=chosen.place, start=one.start, end=one.end)


def _periods(shown: LoadShown) -> str:
    if shown.first == shown.last:
        return period_name(shown.last)
    return f"{period_name(shown.first)} till {period_name(shown.last)}"


def definitions_table(keys: Sequence[str]) -> ReportTable:
    """How each of the indicators is defined, and what to mind."""
    chosen = [indicators()[key] for key in keys]
    rows = [
        (ReportCell(item.name), ReportCell(item.definition), ReportCell(item.caveats))
        for item in chosen
    ]
    heads = (Head("Mått"), Head("Så räknas det"), Head("Att tänka på"))
    return ReportTable("Definitioner", "Definitioner", heads, tuple(rows))


def rules_table(chosen: View, *, with_liability: bool) -> ReportTable:
    """The version, and the rules and settings that the numbers were made by."""
    rows = [
        ("Dataversion", f"{loaded.version()}. Talen är de som var kända i den versionen."),
        *(("Förbehåll", told) for told in (*loaded.amiss(), journal.trouble()) if told),
        ("Sekretess", hidden_rule()),
        ("Prövning av sekretessen", tried.told(chosen.period)),
        ("Styrdiagram", f"{READING} {by_chance(len(reference.municipalities()))}"),
    ]
    if with_liability:
        used = settings()
        limit = typography.number(used.target_mean_days, 1)
        rows.append(("Gräns för betalningsansvar", f"Mer än {limit} dagar i genomsnitt."))
        rows += [("Betalningsansvar", point) for point in open_points(terms())]
    heads = (Head("Regel"), Head("Så är den använd"))
    cells = tuple((ReportCell(label), ReportCell(text)) for label, text in rows)
    return ReportTable("Version, regler och inställningar", "Regler", heads, cells)


READING = (
    "En ändring nämns bara när den är större än vad slumpen brukar ge. Med färre än tolv perioder "
    "är gränserna preliminära, och med för få perioder bedöms inget."
)


# The notes of a workbook and the text of a document ask for the same.
@remembered(4)
def gaps(chosen: View) -> tuple[str, ...]:
    """What is hidden or missing among the place's municipalities in the month, in sentences."""
    table = summary.table(**chosen.where)
    homes = table[table["level"] == "municipality"]
    statuses = homes[[name for name in table.columns if name.endswith("_status")]]
    hidden = sorted(
        homes.loc[(statuses == "confidential").any(axis=1), "name"], key=typography.sort_key
    )
    told = []
    if hidden:
        who = (
            typography.enumerate_words(hidden)
            if len(hidden) <= 8
            else typography.plural(len(hidden), "kommun", "kommuner")
        )
        told.append(f"Något tal för {chosen.when} är skyddat för {who}.")
    missing = summary.not_reported(**chosen.where)
    told += [
        f"Rapport saknas eller är ofullständig: {name} ({area})."
        for area, name in zip(missing["area"], missing["missing"], strict=True)
    ]
    if missing.empty:
        told.append(f"Alla kommuner har rapporterat för {chosen.when}.")
    return tuple(told)
