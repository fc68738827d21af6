"""Jämför: one measure across the municipalities, and a few places over time, side by side."""

import streamlit as st

import reference
from charts.markup.links import OVER_TIME
from metrics.catalogue import indicator
from metrics.statistics import uncertainty
from ui import agreed, filters, first_days, layout, provenance
from ui.shown import compare as finished
from ui.shown.compare import Now, Own
from views import compare
from views.agreed import visible
from views.courses import lines
from views.neighbours import area_of

BY_AREA, BY_VALUE = "Område för område", "Efter värde"
measures = compare.comparable()
if not measures:
    first_days.guide("Jämför")
    st.stop()

chosen = filters.compare_bar(measures, periods=visible.periods_by_indicator(), places=lines.places)
measure = indicator(chosen.indicator)
view = {"area": chosen.area, "period": chosen.period, "against": chosen.against}


def _municipalities(shown: Now) -> None:
    """The municipalities on the map and in order, and the areas."""
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.header("Karta", anchor=False)
        if own is not None:
            layout.finding(shown.finding)
        layout.shown(shown.map, key="map")
        layout.caption(compare.SHADES_NOTE)
        st.header("Inte ett omdöme", anchor=False)
        layout.finding(compare.VERDICT)
        st.header("Områdena", anchor=False)
        if shown.areas_finding:
            layout.finding(shown.areas_finding)
        layout.shown(shown.areas, key="areas-ranking")
    with right:
        st.header("Kommunerna i ordning", anchor=False)
        layout.shown(shown.ranking, key="ranking")
        layout.caption(uncertainty.note(measure))


def _own(shown: Own) -> None:
    """The chosen municipality's control chart, and its area and the county beside it."""
    st.header(f"{chosen.area_name} över tid", anchor=False)
    layout.shown(shown.chart, key="own")
    if shown.chart is not None:
        layout.caption(shown.which)
    if shown.protected:
        layout.caption(shown.protected)
    if shown.beside is not None:
        st.header("Bredvid området och länet", anchor=False)
        layout.shown(shown.beside, key="beside")


def _every_municipality() -> None:
    """Every municipality over time, in a panel of its own."""
    st.header("Alla kommuner över tid", anchor=False)
    order = st.segmented_control(
        "Ordning", [BY_AREA, BY_VALUE], default=BY_AREA, required=True, key="order"
    )
    shown = finished.panels(
        measure.key, period=chosen.period, against=chosen.against, by_value=order == BY_VALUE
    )
    if shown is not None:
        layout.shown(shown.figure, key="panels")
        layout.caption(shown.note)


now = finished.now(measure.key, **view)
single = reference.level_of(chosen.area) == "municipality"
own = finished.own(measure.key, place=chosen.area, period=chosen.period) if single else None
held = finished.course(measure.key, places=(), against=chosen.against, period=chosen.period)
if own is not None:
    layout.titled(own.finding)
elif now.map is not None:
    layout.titled(now.finding)
else:
    # What no municipality has is told of the place that has it.
    layout.titled(f"{measure.name} {held.finding}")
agreed.mark(measure.dataset, place=chosen.area, period=chosen.period)
month = {"period": chosen.period} if measure.grain == "month" else {}
layout.to_report("underlag", area=area_of(chosen.area), **month)
if own is not None:
    _own(own)
if now.map is not None:
    _municipalities(now)

country = finished.beside_country(measure.key, period=chosen.period)
if country is not None:
    st.header("I riket", anchor=False)
    layout.finding(country.finding)
    with st.expander("Kommunerna och de som liknar dem"):
        st.html(country.table)
    layout.caption(country.note)

st.header("Platser över tid", anchor=OVER_TIME)
followed = filters.places(
    lines.followed(measure),
    most=lines.MOST_PLACES,
    unless_told=lines.largest(chosen.area),
)
course = finished.course(
    measure.key, places=tuple(followed), against=chosen.against, period=chosen.period
)
if course.finding != held.finding or now.map is not None:
    layout.finding(course.finding)
layout.shown(course.chart, key="lines")
if course.note:
    layout.caption(course.note)

if now.map is not None:
    _every_municipality()
layout.definitions([measure])
provenance.panel(
    filters.Filters(chosen.area, chosen.period, "alla"),
    dataset=measure.dataset,
    first=measure.key,
)
