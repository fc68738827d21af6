"""What a report is about, and what is said of it on every page."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import reference
from metrics import loaded, values
from metrics.catalogue import indicators
from metrics.datasets import page_of
from reports.model import CallError, ReportError
from settings import settings
from swedish import typography
from swedish.periods import MONTHS, grain_of, is_period, period_name
from views import summary
from views.agreed import approval, visible
from views.trend import Trend

DEMO = "Exempeldata – inte verkliga uppgifter"
_ASKED = {
    "month": "en månad, som 2026-10",
    "quarter": "ett kvartal, som 2026-K3",
    "year": "ett år, som 2026",
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
        return reference.place_name(reference.level_of(self.place), self.place)

    @property
    def when(self) -> str:
        """`oktober 2026`, `kvartal 3 2026`."""
        return period_name(self.period)

    @property
    def where(self) -> dict[str, str]:
        """Place and period, as metrics ask for them."""
        return {"place": self.place, "period": self.period}


def view(
    *,
    place: str,
    period: str,
    made: datetime.datetime,
    dataset: str,
    otherwise: Sequence[str] = (),
) -> View:
    """The view of a place and a period that has data of the dataset.

    Where nothing of the dataset has been loaded the period is one of `otherwise`. Raises
    ReportError, with what is missing, where it has none.
    """
    page = page_of(dataset)
    keys = [reference.COUNTY, *(area.key for area in reference.areas())]
    if place not in keys:
        raise CallError(f"Okänt område '{place}'. Välj ett av: {', '.join(keys)}.")
    if not is_period(period) or grain_of(period) != page.grain:
        raise CallError(f"'{period}' är inte någon period av rätt slag: ange {_ASKED[page.grain]}.")
    known = visible.periods(dataset)
    if waiting := visible.waiting(dataset):
        raise ReportError(waiting)
    if not known and otherwise:
        if period not in otherwise:
            raise ReportError(
                f"Ingen rapport går att göra för {period_name(period)}. Det som är inläst "
                f"sträcker sig från {period_name(otherwise[0])} till {period_name(otherwise[-1])}."
            )
        return View(place, period, made)
    if not known:
        raise ReportError(
            f"Det finns inga uppgifter om {page.about} än. Läs in en export först: samverkan load."
        )
    chosen = View(place, period, made)
    if visible.hidden(page.told_by, period):
        raise ReportError(
            f"{chosen.when.capitalize()} är inte fastställd, och visas när den är det."
        )
    reported = values.values(
        indicator=page.told_by,
        level=reference.level_of(place),
        place=place,
        start=period,
        end=period,
    )
    if not reported or not reported[0].reported:
        raise ReportError(
            f"Ingen rapport går att göra: {chosen.place_name} har inga uppgifter om {page.about} "
            f"för {chosen.when}. Det som är inläst av länet sträcker sig från "
            f"{period_name(known[0])} till {period_name(known[-1])}."
        )
    return chosen


def day(moment: datetime.date) -> str:
    """`23 november 2026`."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def footer(keys: Sequence[str], *, stamp: str) -> tuple[str, ...]:
    """The source, date and version of the data, and the rule of what is hidden: for every page."""
    return (f"{source(keys)} {stamp}", hidden_rule())


def source(keys: Sequence[str], when: str = "") -> str:
    """`Källa: MedControl PRO, kvartal 3 2026.`: where the indicators come from, and of when."""
    named = typography.enumerate_words(list(sources(keys)))
    return f"Källa: {named}, {when}." if when else f"Källa: {named}."


def stamp(chosen: View, *, read_on: str) -> str:
    """When the data was loaded, its version, and when the report was made.

    `read_on` is the day of the latest load whose numbers are shown.
    """
    read = f"Inläst {read_on}, dataversion {loaded.version()}. " if read_on else ""
    return f"{read}Framtaget {day(chosen.made)}."


def hidden_rule() -> str:
    """What is not shown, and how that looks."""
    threshold = settings().disclosure_threshold
    if threshold < 2:
        return "Små antal visas: inställningen döljer inga tal."
    return (
        f"Antal 1–{threshold - 1} visas inte, och inte heller det som skulle avslöja dem: "
        "de står som skyddad uppgift (..)."
    )


def banner(chosen: View, dataset: str) -> str:
    """What every page says: that it is demo data, and what of it is not established; else empty."""
    unsettled = approval.preliminary(dataset=dataset, period=chosen.period, area=chosen.place)
    return " · ".join(filter(None, (DEMO if loaded.is_demo() else "", unsettled)))


def notices(shown: Trend, chosen: View) -> tuple[str, ...]:
    """What is incomplete in the month, to be said before anything else."""
    if not shown.completeness:
        return ()
    missing = summary.not_reported(**chosen.where)
    who = "; ".join(
        f"{name} ({area})" for area, name in zip(missing["area"], missing["missing"], strict=True)
    )
    return (f"{shown.completeness} Saknas eller ofullständig: {who}.",)


def sources(keys: Sequence[str]) -> tuple[str, ...]:
    """Where the indicators come from, each source once."""
    named = dict.fromkeys(
        name.strip()
        for key in keys
        for name in indicators()[key].source.replace(";", ",").split(",")
    )
    return tuple(one for one in named if not any(one != other and one in other for other in named))
