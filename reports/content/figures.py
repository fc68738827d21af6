"""Finished frames from metrics as the charts and tables of a report."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from charts.columns import HEAD_UNITS, TableColumn
from charts.markup import cells as signs
from charts.rows import cells_of
from charts.words import INCOMPLETE, NO_BAR
from metrics.catalogue import Indicator
from metrics.datasets.deviations.ways import TOTAL
from reports.model import (
    BarChart,
    ColumnChart,
    FunnelChart,
    Head,
    ReportCell,
    ReportTable,
    SeriesChart,
)
from swedish import typography
from swedish.periods import holds, period_name, period_short, previous_period
from views import trend
from views.deviations.funnel import FunnelView
from views.deviations.tables import Processes, Ways
from views.events import marked
from views.ranking import sentences as ranked
from views.ranking.places import Ranking
from views.trend import Trend

_MOST_WAYS = 12
_NOTES = NO_BAR | {"partial": INCOMPLETE}
_NO_COLUMN = {"confidential": "skyddad", "missing": "saknas"}


def series_chart(shown: Trend, events: pd.DataFrame | None = None) -> SeriesChart:
    """An indicator of a place over time, with its breaks, its new limits and the dated `events`
    (`date`, `text`) among them."""
    about = shown.indicator
    points = shown.points
    frame = pd.DataFrame(
        {
            "label": [period_short(period) for period in points["period"]],
            "value": points["value"],
            "mean": points["mean"],
            "lower": points["lower"],
            "upper": points["upper"],
            "target": about.target if about.target is not None else float("nan"),
            "point_type": points["point_type"],
            "partial": points["status"] == "partial",
            "starts": points["starts"],
        }
    )
    return SeriesChart(
        title=f"{_headed(about)}, {shown.place_name}",
        frame=frame,
        unit=about.unit,
        decimals=about.decimals,
        target_text=trend.target_label(about),
        alt=shown.alt,
        events=_placed(marked(shown.rebased, shown.broken, events=events), list(points["period"])),
    )


def has_course(shown: Trend) -> bool:
    """Whether there are values enough to draw: one by itself says no more than its card."""
    return sum(step.value is not None for step in shown.steps) > 1


def told_events(chart: SeriesChart) -> str:
    """What happened, by the numbers that the chart marks it with; empty without events."""
    told = [
        f"{number}: {chart.frame['label'].iloc[at]}, {text[:1].lower()}{text[1:]}"
        for number, (at, text) in enumerate(chart.events, start=1)
    ]
    return f"Markerat i diagrammet: {'; '.join(told)}." if told else ""


def _placed(events: pd.DataFrame, periods: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """The events within the periods, each at the row of its period."""
    return tuple(
        (at, text)
        for date, text in events.itertuples(index=False, name=None)
        for at, period in enumerate(periods)
        if holds(period, date[:7])
    )


def municipality_chart(ranking: Ranking, compared: Iterable[Trend]) -> BarChart:
    """The municipalities in order, with the places they are `compared` to among them."""
    rows = [
        (row["name"], row["value"], _NOTES.get(row["status"], ""), "place")
        for row in cells_of(ranking.rows)
    ]
    against = {one.place_name: one.value for one in compared}
    rows += [(name, value, "", "reference") for name, value in against.items()]
    about = ranking.indicator
    return _bars(rows, about, title=f"{_headed(about)} per kommun", alt=ranking.alt)


def area_chart(areas: Iterable[Trend], county: Trend, *, alt: str) -> BarChart:
    """The areas in order with the county among them."""
    rows = [(one.place_name, one.value, _NOTES.get(one.status, ""), "place") for one in areas]
    rows.append((county.place_name, county.value, "", "reference"))
    return _bars(rows, county.indicator, title=f"{_headed(county.indicator)} per område", alt=alt)


def amount_chart(bars: pd.DataFrame, *, title: str, alt: str) -> BarChart:
    """Sums of money in the order given; `bars` as for `charts.funds.amount_chart`."""
    words = {"lower": "minst", "upper": "högst", "around": "omkring"}
    frame = pd.DataFrame(
        {
            "name": [
                f"{name} ({detail})" if detail else name
                for name, detail in zip(bars["name"], bars["detail"], strict=True)
            ],
            "value": bars["value"].astype("float64"),
            "note": [words.get(bound, "") for bound in bars["bound"]],
            "kind": "place",
        }
    )
    return BarChart(title=title, frame=frame, unit="kr", decimals=0, alt=alt)


def process_quarters(shown: Processes, quarter: str) -> list[str]:
    """The same quarter of the year before, the one before, and the quarter itself, where known."""
    before = (f"{int(quarter[:4]) - 1}{quarter[4:]}", previous_period(quarter))
    wanted = [period for period in before if period in shown.quarters]
    return list(dict.fromkeys([*wanted, quarter]))


def process_chart(shown: Processes, *, quarter: str, title: str) -> ColumnChart:
    """The processes of a quarter beside those of the quarter and the year before it."""
    counts = shown.counts.pivot(index="process", columns="period", values="value")
    order = list(dict.fromkeys(shown.counts["process"]))
    columns = process_quarters(shown, quarter)
    frame = counts.reindex(index=order, columns=columns)
    statuses = shown.counts.pivot(index="process", columns="period", values="status")
    absent = frame.isna().to_numpy()
    why = {
        (row, column): _NO_COLUMN.get(str(statuses.loc[process, period]), "")
        for row, process in enumerate(order)
        for column, period in enumerate(columns)
        if absent[row, column]
    }
    partial = [period for period in columns if (statuses[period] == "partial").any()]
    frame.columns = pd.Index(
        [
            f"{period_name(period).capitalize()}{', ofullständigt' if period in partial else ''}"
            for period in columns
        ]
    )
    return ColumnChart(
        title=title,
        frame=frame,
        unit="antal",
        decimals=0,
        alt=_columns_alt(frame, why, title=title),
        why={at: word for at, word in why.items() if word},
    )


def _columns_alt(frame: pd.DataFrame, why: Mapping[tuple[int, int], str], *, title: str) -> str:
    """The columns in words, period by period."""
    told = [
        f"{period}: "
        + ", ".join(
            f"{process} {why.get((row, column)) or typography.number(count, 0)}"
            for row, (process, count) in enumerate(frame[period].items())
        )
        for column, period in enumerate(frame.columns)
    ]
    return f"Stapeldiagram: {title}. {'; '.join(told)}."


def funnel_chart(shown: FunnelView, *, title: str, alt: str) -> FunnelChart:
    """The municipalities on their funnel plot; those of other areas stand without their names.

    In the county those outside the limits are named, in an area all of its own.
    """
    own, beyond = shown.points["highlight"], shown.points["position"] != "inside"
    return FunnelChart(
        title=title,
        points=shown.points.assign(named=own & (beyond if own.all() else own)),
        curve=shown.curve,
        rate=shown.rate,
        unit="per 10 000 invånare",
        alt=alt,
    )


def ways_table(shown: Ways, *, title: str) -> ReportTable:
    """From whom to whom, a row for each sender."""
    receivers = [str(name) for name in shown.grid.columns]
    rows = [
        (
            ReportCell(str(sender)),
            *(
                _way(float(shown.grid.loc[sender, to]), str(shown.statuses.loc[sender, to]))
                for to in shown.grid.columns
            ),
        )
        for sender in shown.grid.index
    ]
    heads = (Head("Från \\ Till"), *(Head(name, 0) for name in receivers))
    return ReportTable(title, "Från vem till vem", heads, tuple(rows), note=shown.key)


def ways_list(shown: Ways, *, title: str) -> ReportTable:
    """The ways that most cases go, those that can be shown, in order."""
    inner = shown.grid.drop(index=TOTAL, columns=TOTAL)
    largest = [
        (str(sender), str(receiver), float(inner.loc[sender, receiver]))
        for sender in inner.index
        for receiver in inner.columns
        if inner.loc[sender, receiver] > 0
    ]
    largest.sort(
        key=lambda way: (-way[2], typography.sort_key(way[0]), typography.sort_key(way[1]))
    )
    rows = tuple(
        (ReportCell(sender), ReportCell(receiver), ReportCell(typography.number(count, 0), count))
        for sender, receiver, count in largest[:_MOST_WAYS]
    )
    heads = (Head("Från"), Head("Till"), Head("Ärenden", 0))
    return ReportTable(
        title, "Vägar", heads, rows, note=f"Vägar med få ärenden visas inte. {shown.key}"
    )


def _way(count: float, status: str) -> ReportCell:
    if count != count:
        return ReportCell(signs.NOT_KNOWN.get(status, typography.NO_VALUE))
    return ReportCell(typography.number(count, 0), count)


def table(
    rows: pd.DataFrame, columns: Sequence[TableColumn], *, title: str, name: str
) -> ReportTable:
    """A frame as a table, its cells written as on the pages."""
    return ReportTable(
        title=title,
        name=name,
        heads=tuple(
            Head(typography.thousands_together(column.head), column.decimals) for column in columns
        ),
        rows=tuple(zip(*(_cells(rows, column) for column in columns), strict=True)),
        note=signs.SIGNS if signs.has_gaps(rows) else "",
    )


def _bars(
    rows: Sequence[tuple[str, float | None, str, str]], about: Indicator, *, title: str, alt: str
) -> BarChart:
    frame = pd.DataFrame(rows, columns=["name", "value", "note", "kind"])
    frame["value"] = frame["value"].astype("float64")
    frame = frame.sort_values("value", ascending=False, na_position="last", kind="stable")
    return BarChart(
        title=title,
        frame=frame.reset_index(drop=True),
        unit=about.unit,
        decimals=about.decimals,
        alt=alt,
    )


def _headed(about: Indicator) -> str:
    unit = HEAD_UNITS.get(about.unit, about.unit)
    return f"{about.name} ({unit})" if unit and unit not in about.name else about.name


def _cells(rows: pd.DataFrame, column: TableColumn) -> list[ReportCell]:
    told = signs.texts(rows, column)
    if column.decimals is None:
        return [ReportCell(text) for text in told]
    numbers = rows[column.key].tolist()
    return [
        ReportCell(text, None if pd.isna(number) else float(number))
        for text, number in zip(told, numbers, strict=True)
    ]


def areas_finding(areas: Sequence[Trend], county: Trend) -> str:
    """Which area is highest and lowest, beside the county."""
    about = county.indicator
    return ranked.ranking_finding(
        place_name=county.place_name,
        period=county.period,
        rows=[ranked.Ranked(one.place_name, one.value, one.status) for one in areas],
        unit=about.unit,
        decimals=about.decimals,
        place_value=county.value,
        noun=ranked.AREA,
    )
