"""The filter bar that all pages share, and the address that remembers it.

What is chosen stands in the address (`?omrade=goteborg&period=2026-10&vardform=somatik`), so that
a link shows the next reader the same thing. An address that asks for what is not there gets the
nearest sensible view and a notice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

import reference
import swedish

CARE_FORMS: Mapping[str, str] = {
    "alla": "Alla vårdformer",
    "somatik": "Somatik",
    "psykiatri": "Psykiatri",
}
_LABELS = {"omrade": "Område", "period": "Månad", "vardform": "Vårdform"}
_ADDRESS_SEEN = "address_seen"
_CHOSEN = "filters"


@dataclass(frozen=True)
class Filters:
    """What the reader looks at: an area's key or the county's, a month, and a form of care."""

    area: str
    period: str
    care_form: str

    @property
    def area_name(self) -> str:
        """The name of the area, or of the county."""
        return _area_names()[self.area]


def bar(periods: Sequence[str]) -> Filters:
    """Show the filter bar for the months in `periods`, oldest first, and give what is chosen.

    Raises ValueError where there are no months to choose from.
    """
    if not periods:
        raise ValueError("a filter bar needs at least one month")
    options: dict[str, Sequence[str]] = {
        "omrade": list(_area_names()),
        "period": list(reversed(periods)),
        "vardform": list(CARE_FORMS),
    }
    wrong = _adopt_address(options)
    if wrong:
        asked = swedish.enumerate_words([_LABELS[name].lower() for name in wrong])
        shown = swedish.enumerate_words([_shown(n, st.session_state[n]) for n in wrong])
        st.warning(
            f"Länken anger {asked} som inte finns här. I stället visas {shown}.",
            icon=":material/info:",
        )
    with st.container(horizontal=True, key="filters", gap="small"):
        for name, width in (("omrade", 230), ("period", 160), ("vardform", 175)):
            st.selectbox(
                _LABELS[name],
                options[name],
                format_func=partial(_shown, name),
                key=name,
                filter_mode=None,
                width=width,
            )
    chosen = {name: str(st.session_state[name]) for name in options}
    if any(st.query_params.get(name) != value for name, value in chosen.items()):
        st.query_params.update(chosen)
    st.session_state[_ADDRESS_SEEN] = chosen
    st.session_state[_CHOSEN] = Filters(chosen["omrade"], chosen["period"], chosen["vardform"])
    return current()


def keep() -> None:
    """Hold on to what was chosen while a page without the bar is shown."""
    for name in _LABELS:
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]


def current() -> Filters:
    """What the filter bar shows. Raises KeyError on a page that is drawn without it."""
    chosen: Filters = st.session_state[_CHOSEN]
    return chosen


def _adopt_address(options: Mapping[str, Sequence[str]]) -> list[str]:
    """Take over what the address says since it was last written; give the names it got wrong."""
    seen = st.session_state.get(_ADDRESS_SEEN, {})
    wrong = []
    for name, allowed in options.items():
        asked = st.query_params.get(name)
        if asked is not None and asked != seen.get(name):
            if asked in allowed:
                st.session_state[name] = asked
            else:
                wrong.append(name)
        # Also when the months have changed under a reader who has the page open.
        if st.session_state.get(name) not in allowed:
            st.session_state[name] = allowed[0]
    return wrong


def _shown(name: str, value: str) -> str:
    if name == "omrade":
        return _area_names()[value]
    return swedish.month_name(value) if name == "period" else CARE_FORMS[value]


def _area_names() -> dict[str, str]:
    ordered = sorted(reference.areas(), key=lambda area: area.sort)
    return {reference.COUNTY: reference.COUNTY_NAME} | {area.key: area.name for area in ordered}
