"""Which reports that were made hold a number that a new version changes."""

import duckdb

import reference
from metrics.catalogue import indicators
from metrics.changes.comparison import apart
from metrics.datasets import deviations, discharges
from swedish import typography
from swedish.periods import holds, period_name
from swedish.phrases import REPORTS
from warehouse.journal.reports_made import ReportMade

_DATASET = {"monthly": discharges.KEY, "quarterly": deviations.KEY}


def corrected(
    connection: duckdb.DuckDBPyConnection, made: tuple[ReportMade, ...]
) -> tuple[ReportMade, ...]:
    """Those of `made` with a number that is another than `comparison.remember` kept, or gone.

    A report's numbers are the indicators of its dataset (a briefing's: all) of its place and the
    municipalities in it, in its period and the periods that hold it or are held by it.
    """
    if not made:
        return ()
    changed = connection.execute(
        """
        select distinct before.indicator, before.period, before.place, before."within"
        from (
            from shown_before where part = 'alla' or list_contains($apart, indicator)
        ) as before
        left join shown as after
            using (indicator, period, level, place, "within", part)
        where before.value is distinct from after.value
            or before.status is distinct from after.status
        """,
        {"apart": apart()},
    ).fetchall()
    places: dict[tuple[str, str], set[str]] = {}
    for key, period, place, within in changed:
        places.setdefault((indicators()[key].dataset, period), set()).update((place, within))
    return tuple(
        report for report in made if any(_holds(report, *when, at) for when, at in places.items())
    )


def named(report: ReportMade) -> str:
    """The report in words: `Månadsrapport för SIMBA, juli 2019 (gjord 2019-08-12 av Anna)`."""
    level = next(level for level, place in reference.place_order() if place == report.place)
    name = REPORTS.get(report.kind, report.kind).format(forum=reference.county().forum)
    return (
        f"{name} för {reference.place_name(level, report.place)}, "
        f"{period_name(report.period)} "
        f"(gjord {report.made_at:%Y-%m-%d} av {report.made_by})"
    )


def sentence(reports: tuple[ReportMade, ...]) -> str:
    """What to do about reports with a number that changes; empty where there are none."""
    if not reports:
        return ""
    names = typography.enumerate_words([named(report) for report in reports])
    return f"Tal ändras i rapporter som redan är gjorda: {names}. Gör om dem och dela ut på nytt."


def _holds(report: ReportMade, dataset: str, period: str, places: set[str]) -> bool:
    return (
        _DATASET.get(report.kind, dataset) == dataset
        and (holds(report.period, period) or holds(period, report.period))
        and (report.place == reference.COUNTY or bool(places & _places(report.place)))
    )


def _places(place: str) -> set[str]:
    return {place, *(home.code for home in reference.municipalities() if home.area == place)}
