"""One measure across places and over time as Jämför shows it."""

from dataclasses import dataclass

import pandas as pd

import reference
from charts.columns import comparison_columns, country_columns, line_columns, panel_columns
from charts.lines import lines_chart
from charts.markup import links, tables
from charts.markup.multiples import multiples_html
from charts.markup.tiles import tiles_html
from charts.ranking import ranking_chart
from metrics.catalogue import indicator
from swedish.periods import period_name
from ui.shown import figures
from ui.shown.figures import Figure
from views import compare, neighbours, trend
from views.courses import lines
from views.courses import panels as panels_of
from views.ranking import country
from warehouse.state import remembered


@dataclass(frozen=True)
class Now:
    """A measure in one period: what it says, the map, the areas, and the municipalities in order.

    The figures are None where no municipality has a value.
    """

    finding: str
    map: Figure | None
    areas_finding: str
    areas: Figure | None
    ranking: Figure | None


@dataclass(frozen=True)
class Own:
    """A municipality's control chart, which one it is, and what of its periods is not shown.

    `beside` is its line with those of its area and the county, where they have one scale.
    """

    finding: str
    chart: Figure | None
    which: str
    protected: str
    beside: Figure | None


@dataclass(frozen=True)
class BesideCountry:
    """The rest of the country: what it says, a table of similar municipalities, and its source."""

    finding: str
    table: str
    note: str


@dataclass(frozen=True)
class Course:
    """A measure over time: what it says, its chart, and what is not drawn in it."""

    finding: str
    chart: Figure
    note: str


@dataclass(frozen=True)
class Panels:
    """Every municipality over time, and how to read the panels together."""

    figure: Figure
    note: str


@remembered(60)
def now(key: str, *, area: str, period: str, against: str) -> Now:
    """The municipalities in a period, those of the area highlighted."""
    shown = compare.across(key, area=area, period=period, against=against)
    about = shown.indicator
    where = f"{about.name}, {period_name(period)}"
    if not shown.rows["value"].notna().any():
        return Now(shown.finding, None, "", None, None)

    def lead(place: str) -> str:
        return links.address(about, place=place, period=period)

    def ranked(rows: pd.DataFrame, lines: pd.DataFrame, alt: str, table: str) -> Figure:
        drawn = ranking_chart(
            rows, lines=lines, unit=about.unit, decimals=about.decimals, lead=lead
        )
        return Figure(alt, table, about, drawn=drawn)

    def listed(rows: pd.DataFrame, place: str) -> str:
        columns = comparison_columns(about, place=place)
        return tables.table_html(rows, columns, caption=where, lead=lead)

    # The sum of the others would leave them bars too short to read; the title has it.
    areas = shown.areas
    if about.calculation != "ratio":
        areas = areas[areas["level"] == "area"]
    told = f"Stapeldiagram: {where}, per område. {shown.areas_finding}".strip()
    municipalities = listed(shown.rows, "Kommun")
    tiles = tiles_html(
        shown.rows, steps=shown.steps, unit=about.unit, decimals=about.decimals, lead=lead
    )
    return Now(
        finding=shown.finding,
        map=Figure(shown.alt, municipalities, about, markup=tiles),
        areas_finding=shown.areas_finding,
        areas=ranked(areas, shown.lines.iloc[:0], told, listed(areas, "Område")),
        ranking=ranked(shown.rows, shown.lines, shown.alt, municipalities),
    )


@remembered(60)
def own(key: str, *, place: str, period: str) -> Own:
    """A municipality over time."""
    shown = trend.trend(key, place=place, period=period)
    about, name = shown.indicator, reference.place_name("municipality", place)
    return Own(
        finding=shown.finding,
        # Dated events are about discharges, which have a page of their own.
        chart=figures.of_trend(shown, place_name=name),
        which=shown.which_chart,
        protected=neighbours.protected(shown),
        beside=figures.beside(key, place=place, period=period)
        if about.calculation == "ratio"
        else None,
    )


@remembered(60)
def beside_country(key: str, *, period: str) -> BesideCountry | None:
    """The country's municipalities in the period; None where nothing is known of them."""
    shown = country.beside(key, period=period)
    if shown is None:
        return None
    about = shown.indicator
    table = tables.table_html(
        shown.rows,
        country_columns(about),
        caption=f"{about.name}, {period_name(period)}, länets kommuner och liknande",
    )
    return BesideCountry(shown.finding, table, shown.note)


@remembered(60)
def course(key: str, *, places: tuple[str, ...], against: str, period: str) -> Course:
    """The places over time, with the one to hold them against."""
    shown = lines.lines(key, places=places, against=against, period=period)
    about = indicator(key)
    return Course(
        finding=shown.finding,
        chart=figures.figure(
            lines_chart(
                shown.values,
                unit=about.unit,
                decimals=about.decimals,
                goal=shown.goal,
                held=shown.held,
            ),
            about=about,
            alt=shown.alt,
            rows=shown.table,
            columns=line_columns(shown.values, about),
            caption=about.name,
        ),
        note=shown.note,
    )


@remembered(24)
def panels(key: str, *, period: str, against: str, by_value: bool) -> Panels | None:
    """Every municipality over time, area by area or by value; None without any.

    The same whichever area is chosen.
    """
    across = compare.across(key, area=reference.COUNTY, period=period, against=against)
    shown = panels_of.panels(across, against=against, by_value=by_value)
    if shown.values.empty:
        return None
    about = across.indicator
    return Panels(
        figure=figures.figure(
            multiples_html(shown, by_area=not by_value),
            about=about,
            alt=shown.alt,
            rows=panels_of.by_municipality(shown),
            columns=panel_columns(shown.values, about),
            caption=about.name,
            lead=lambda place: links.address(about, place=place, period=period),
        ),
        note=panels_of.scale_note(shown, against=against),
    )
