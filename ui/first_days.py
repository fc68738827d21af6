"""Where nothing has been loaded yet: three steps to the first page, and what is still missing."""

import streamlit as st

import reference
from charts.markup import tables
from metrics import loaded, values
from metrics.datasets import datasets
from ui import layout
from ui.address import place_name
from ui.destinations import file_of


def guide(page: str, about: str = "", *, export: str = "", places: bool = True) -> None:
    """Lead from one's own area over the first file to the page.

    `about` is what is missing, `medel`, where it is not everything, and `export` the file that
    gives it; without it the month's. A page is of no place where `places` is not set.
    """
    st.html(tables.title_html(page))
    what = f"uppgifter om {about}" if about else "uppgifter"
    st.info(
        f"**Här finns inga {what} ännu.** Tre steg, så visar sidan dina egna tal.",
        icon=":material/upload_file:",
    )
    st.header("1. Välj ditt område", anchor=False)
    _area()
    st.header("2. Läs in den första filen", anchor=False)
    month = f"månadens export av utskrivningsklara ur {reference.county().discharges_system}"
    layout.finding(
        f"Det räcker med {export or month}. Filen kontrolleras först, och ingenting ändras förrän "
        "du publicerar den."
    )
    st.page_link(
        "pages/deliveries.py", label="Läs in en fil på sidan Data", icon=":material/arrow_forward:"
    )
    st.header("3. Öppna sidan", anchor=False)
    where = place_name(st.session_state.get("omrade") or reference.COUNTY)
    shown = f"visar {page} {where}" if places else f"står talen på sidan {page}"
    layout.finding(f"När filen är publicerad {shown}.")
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
