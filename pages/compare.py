"""Jämför: one measure across the municipalities, and a few places over time, side by side."""

import streamlit as st

from charts.columns import comparison_columns, line_columns, panel_columns
from charts.lines import lines_chart
from charts.markup.multiples import multiples_html
from charts.markup.tiles import tiles_html
from charts.ranking import ranking_chart
from metrics import values
from metrics.catalogue import indicator
from metrics.statistics import uncertainty
from swedish.periods import period_name
from ui import filters, layout, provenance
from views import compare, courses

BY_AREA, BY_VALUE = "Område för område", "Efter värde"
measures = compare.comparable()
if not measures:
    layout.no_data()
    st.stop()

chosen = filters.compare_bar(measures, periods=values.periods_by_indicator(), places=courses.places)
measure = indicator(chosen.indicator)
view = {"against": chosen.against}
shown = compare.across(measure.key, area=chosen.area, period=chosen.period, **view)
unit, decimals = measure.unit, measure.decimals
where = f"{measure.name}, {period_name(chosen.period)}"


def _municipalities() -> None:
    """The municipalities on the map and in order, and the areas."""
    layout.finding(shown.finding)
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.header("Karta", anchor=False)
        layout.drawing(
            tiles_html(shown.rows, steps=shown.steps, unit=unit, decimals=decimals),
            key="map",
            alt=shown.alt,
            rows=shown.rows,
            columns=comparison_columns(measure, place="Kommun"),
            caption=where,
        )
        layout.caption(compare.SHADES_NOTE)
        st.header("Inte ett omdöme", anchor=False)
        layout.finding(compare.VERDICT)
        st.header("Områdena", anchor=False)
        layout.figure(
            ranking_chart(shown.areas, lines=shown.lines.iloc[:0], unit=unit, decimals=decimals),
            key="areas-ranking",
            alt=f"Stapeldiagram: {where}, per område.",
            rows=shown.areas,
            columns=comparison_columns(measure, place="Område"),
            caption=where,
        )
    with right:
        st.header("Kommunerna i ordning", anchor=False)
        layout.plain_figure(
            ranking_chart(shown.rows, lines=shown.lines, unit=unit, decimals=decimals),
            key="ranking",
            alt=shown.alt,
        )
        layout.caption(uncertainty.note(measure))


def _every_municipality() -> None:
    """Every municipality over time, in a panel of its own."""
    st.header("Alla kommuner över tid", anchor=False)
    order = st.segmented_control(
        "Ordning", [BY_AREA, BY_VALUE], default=BY_AREA, required=True, key="order"
    )
    panels = courses.panels(shown, by_value=order == BY_VALUE, **view)
    if not panels.values.empty:
        layout.drawing(
            multiples_html(panels, by_area=order == BY_AREA),
            key="panels",
            alt=panels.alt,
            rows=courses.by_municipality(panels),
            columns=panel_columns(panels.values, measure),
            caption=measure.name,
        )
        layout.caption(courses.scale_note(panels, against=chosen.against))


if shown.rows["value"].notna().any():
    _municipalities()

st.header("Platser över tid", anchor=False)
followed = filters.places(
    courses.places(measure),
    most=courses.MOST_PLACES,
    unless_told=courses.largest(chosen.area),
)
lines = courses.lines(measure.key, places=followed, period=chosen.period, **view)
layout.finding(lines.finding)
layout.figure(
    lines_chart(lines.values, unit=unit, decimals=decimals, goal=lines.goal),
    key="lines",
    alt=lines.alt,
    rows=lines.values.iloc[::-1].reset_index(),
    columns=line_columns(lines.values, measure),
    caption=measure.name,
)

if shown.rows["value"].notna().any():
    _every_municipality()
layout.definitions([measure])
provenance.panel(
    filters.Filters(chosen.area, chosen.period, "alla"),
    dataset=measure.dataset,
    first=measure.key,
)
