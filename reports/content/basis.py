"""What a report rests on: what it is about, when the data was loaded, what is hidden or missing."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import reference
from metrics import values
from metrics.catalogue import indicators, of_dataset
from metrics.datasets import name_of
from reports.model import Cell, Head, ReportError, Table
from settings import settings
from swedish import typography
from swedish.periods import MONTHS, is_period, period_name
from views import summary
from views.trend import Trend, level_of

DEMO = "Exempeldata – inte verkliga uppgifter"
_ASKED = {
    "discharges": ("discharges", "utskrivningsklara", "en månad", "2026-10"),
    "deviations": ("deviations", "avvikelser", "ett kvartal", "2026-K3"),
}


@dataclass(frozen=True)
class View:
    """What a report is about: an area's key or the county's, and a period; `made` is when."""

    place: str
    period: str
    made: datetime.datetime

    @property
    def place_name(self) -> str:
        """The name of the area, or of the county."""
        return reference.place_name(level_of(self.place), self.place)

    @property
    def when(self) -> str:
        """`oktober 2026`, `kvartal 3 2026`."""
        return period_name(self.period)

    @property
    def where(self) -> dict[str, str]:
        """Place and period, as metrics ask for them."""
        return {"place": self.place, "period": self.period}


def view(*, place: str, period: str, made: datetime.datetime, dataset: str) -> View:
    """The view of a place and a period that has data of the dataset.

    Raises ReportError, with what is missing, where it has none.
    """
    key, about, kind, example = _ASKED[dataset]
    keys = [reference.COUNTY, *(area.key for area in reference.areas())]
    if place not in keys:
        raise ReportError(f"Okänt område '{place}'. Välj ett av: {', '.join(keys)}.")
    if not is_period(period) or _kind(period) != kind:
        raise ReportError(f"'{period}' är inte någon period av rätt slag: ange {kind}, som "
                          f"{example}.")  # fmt: skip
    known = values.periods(dataset)
    if not known:
        raise ReportError(
            f"Det finns inga uppgifter om {about} än. Läs in en export först: samverkan load."
        )
    chosen = View(place, period, made)
    found = values.values(
        indicator=key, level=level_of(place), place=place, start=period, end=period
    )
    if not found or not found[0].reported:
        raise ReportError(
            f"Ingen rapport går att göra: {chosen.place_name} har inga uppgifter om {about} för "
            f"{chosen.when}. Det som är inläst sträcker sig från {period_name(known[0])} "
            f"till {period_name(known[-1])}."
        )
    return chosen


def _kind(period: str) -> str:
    if "K" in period:
        return "ett kvartal"
    return "en månad" if "-" in period else "ett år"


def day(moment: datetime.date) -> str:
    """`23 november 2026`."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def footer(chosen: View, keys: Sequence[str]) -> tuple[str, ...]:
    """The source, date and version of the data, and the rule of what is hidden: for every page."""
    datasets = {indicators()[key].dataset for key in keys}
    mine = [one for one in values.loads() if one.dataset in datasets and one.withdrawn_at is None]
    latest = max((one.loaded_at for one in mine), default=chosen.made)
    named = typography.enumerate_words(list(sources(keys)))
    return (
        f"Källa: {named}. Inläst {day(latest)}, dataversion {values.version()}. "
        f"Framtaget {day(chosen.made)}.",
        hidden_rule(),
    )


def hidden_rule() -> str:
    """What is not shown, and how that looks."""
    threshold = settings().disclosure_threshold
    if threshold < 2:
        return "Inga tal är dolda."
    return (
        f"Antal 1–{threshold - 1} visas inte, och inte heller det som skulle avslöja dem: "
        "de står som skyddad uppgift (..)."
    )


def banner() -> str:
    """What every page says over demo data; empty over real."""
    return DEMO if values.is_demo() else ""


def notices(shown: Trend, chosen: View) -> tuple[str, ...]:
    """What is incomplete in the month, to be said before anything else."""
    if not shown.completeness:
        return ()
    missing = summary.not_reported(**chosen.where)
    who = "; ".join(
        f"{name} ({area})" for area, name in zip(missing["area"], missing["missing"], strict=True)
    )
    return (f"{shown.completeness} Saknas eller ofullständig: {who}.",)


def gaps(chosen: View) -> tuple[str, ...]:
    """What is hidden or missing among the place's municipalities in the month, in sentences."""
    table = summary.table(**chosen.where)
    homes = table[table["level"] == "municipality"]
    statuses = homes[[f"{one.key}_status" for one in of_dataset("discharges")]]
    hidden = sorted(
        homes.loc[(statuses == "confidential").any(axis=1), "name"], key=typography.sort_key
    )
    said = f"Inga tal är dolda för {chosen.when}."
    if hidden:
        who = (
            typography.enumerate_words(hidden)
            if len(hidden) <= 8
            else typography.plural(len(hidden), "kommun", "kommuner")
        )
        said = f"Något tal är skyddat för {who}."
    missing = summary.not_reported(**chosen.where)
    return (
        said,
        *(
            f"Rapport saknas eller är ofullständig: {name} ({area})."
            for area, name in zip(missing["area"], missing["missing"], strict=True)
        ),
        *(("Alla kommuner har rapporterat.",) if missing.empty else ()),
    )


def loads_table(datasets: Sequence[str]) -> Table:
    """Per dataset the load in force that reaches furthest: file, date and how far."""
    rows = [
        (
            Cell(name_of(row["dataset"])),
            Cell(row["file"]),
            Cell(f"{row['loaded_at']:%Y-%m-%d}"),
            Cell(period_name(row["last_period"])),
        )
        for row in values.freshness().to_dict("records")
        if row["dataset"] in datasets
    ]
    heads = (Head("Uppgifter"), Head("Fil"), Head("Inläst"), Head("Till och med"))
    return Table("Inlästa uppgifter", "Inlästa uppgifter", heads, tuple(rows))


def definitions_table(keys: Sequence[str]) -> Table:
    """How each of the indicators is defined, and what to mind."""
    chosen = [indicators()[key] for key in keys]
    rows = [(Cell(item.name), Cell(item.definition), Cell(item.caveats)) for item in chosen]
    heads = (Head("Mått"), Head("Så räknas det"), Head("Att tänka på"))
    return Table("Definitioner", "Definitioner", heads, tuple(rows))


def sources(keys: Sequence[str]) -> tuple[str, ...]:
    """Where the indicators come from, each source once."""
    named = [
        name.strip()
        for key in keys
        for name in indicators()[key].source.replace(";", ",").split(",")
    ]
    told = [name for name in dict.fromkeys(named) if name != "beräknad"]
    return tuple(one for one in told if not any(one != other and one in other for other in told))
