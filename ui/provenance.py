"""The panel "Var kommer siffran ifrån?": any number on a page, followed to its files and cells."""

from collections.abc import Sequence

import streamlit as st

import reference
from charts.markup.tables import origin_html
from metrics.catalogue import Indicator, indicators
from swedish.periods import period_name
from ui import layout
from ui.filters import Filters
from views.origin.lines import lines
from views.origin.numbers import origin
from warehouse.state import remembered


def panel(
    chosen: Filters,
    *,
    dataset: str,
    first: str = "",
    recipients: Sequence[str] = (),
) -> None:
    """Let the reader choose a measure and a place of the page, and say where its number is from.

    `first` is the key of the measure that the page is about, if it is about one. `recipients` are
    what a page about funds has instead of places.
    """
    with layout.on_demand("Var kommer siffran ifrån?", key="origin") as is_open:
        if is_open:
            _panel(chosen, dataset=dataset, first=first, recipients=recipients)


def _panel(chosen: Filters, *, dataset: str, first: str, recipients: Sequence[str]) -> None:
    measures = [item for item in indicators().values() if item.dataset == dataset]
    measures.sort(key=lambda item: item.key != first)
    with st.container(horizontal=True, gap="small"):
        measure: Indicator = st.selectbox(
            "Mått", measures, format_func=lambda item: item.name, key=f"origin-measure{first}"
        )
        level, place = st.selectbox(
            "Plats",
            [("recipient", name) for name in recipients] or _places(measure, chosen),
            format_func=lambda item: _name(*item),
            key=f"origin-place-{chosen.area}",
        )
    told = _told(
        indicator=measure.key,
        period=chosen.period,
        level=level,
        place=place,
        within=chosen.area if level == "hospital" else reference.COUNTY,
        part=chosen.care_form,
    )
    if not told:
        when = period_name(chosen.period)
        st.markdown(f"Det finns ingen uppgift för {_name(level, place)}, {when}.")
        return
    st.html(origin_html(told))


@remembered(256)
def _told(**number: str) -> tuple[str, ...]:
    """Where a number is from, line by line; nothing where there is no such number."""
    answer = origin(**number)
    return () if answer is None else tuple(lines(answer))


def _places(measure: Indicator, chosen: Filters) -> list[tuple[str, str]]:
    """The places that a page shows, the chosen one first."""
    order = reference.place_order()
    homes = reference.municipality_by_code()
    shown = [
        (level, place)
        for level, place in sorted(order, key=lambda item: order[item])
        if level in measure.levels
        and (level != "municipality" or chosen.area in (reference.COUNTY, homes[place].area))
    ]
    first = (reference.level_of(chosen.area), chosen.area)
    return [first, *(item for item in shown if item != first)]


def _name(level: str, place: str) -> str:
    return place if level == "recipient" else reference.place_name(level, place)
