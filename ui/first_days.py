"""Where nothing has been loaded yet: three steps to the first page, and what is still missing."""

import streamlit as st

import reference
from charts.markup import tables
from metrics import loaded, values
from metrics.datasets import datasets
from ui import layout
from ui.address import place_name
from ui.destinations import file_of


def guide(page: str) -> None:
    """Lead from one's own area over the first file to the first page."""
    st.html(tables.title_html(page))
    st.info(
        "**Här finns inga uppgifter ännu.** Tre steg, så visar sidan dina egna tal.",
        icon=":material/upload_file:",
    )
    st.header("1. Välj ditt område", anchor=False)
    _area()
    st.header("2. Läs in den första filen", anchor=False)
    system = reference.county().discharges_system
    layout.finding(
        f"Det räcker med månadens export av utskrivningsklara ur {system}. Filen kontrolleras "
        "först, och ingenting ändras förrän du publicerar den."
    )
    st.page_link(
        "pages/deliveries.py", label="Läs in en fil på sidan Data", icon=":material/arrow_forward:"
    )
    st.header("3. Öppna sidan", anchor=False)
    where = place_name(st.session_state.get("omrade") or reference.COUNTY)
    layout.finding(f"När filen är publicerad visar {page} {where}.")
    _others()
    st.header("Vad som saknas än", anchor=False)
    layout.freshness(loaded.freshness())


def _area() -> None:
    """The place that pages will show; it stands in the address like any other choice."""
    areas = sorted(reference.areas(), key=lambda area: area.sort)
    chosen = st.selectbox(
        "Område",
        [reference.COUNTY, *(area.key for area in areas)],
        index=None,
        format_func=place_name,
        key="omrade",
        placeholder="Välj område, eller hela länet",
        width=320,
    )
    if chosen is not None:
        st.query_params["omrade"] = chosen


def _others() -> None:
    """The pages that there already is something to show on."""
    for one in datasets().values():
        if one.page is not None and values.periods(one.key):
            st.page_link(
                file_of(one.page.path),
                label=f"{one.name} går redan att se",
                icon=":material/arrow_forward:",
            )
