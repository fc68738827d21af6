"""Any two of the kept versions, compared."""

import streamlit as st

import layout
import pipeline
from desk import changes
from desk.text import plain
from settings import warehouse_dir
from warehouse import loads, store


def section() -> None:
    """Let the reader choose two versions, and show what differs between them."""
    kept = store.versions()[::-1]
    if len(kept) < 2:
        return
    with st.expander("Jämför två versioner", key="versions"):
        layout.finding(f"De {len(kept)} senaste versionerna finns kvar. Varje inläsning ger en ny.")
        names = {number: _name(str(warehouse_dir()), number) for number in kept}
        with st.container(horizontal=True):
            old, new = (
                st.selectbox(label, kept, index=at, format_func=names.__getitem__, key=key)
                for label, at, key in (("Från", 1, "version-old"), ("Till", 0, "version-new"))
            )
        if old == new:
            layout.finding("Välj två olika versioner.")
            return
        try:
            found = _between(str(warehouse_dir()), old, new)
        except store.WarehouseError as error:
            st.error(plain(str(error)), icon=":material/error:")
            return
        changes.show(found, key=f"versions-{old}-{new}")


@st.cache_data(max_entries=20, show_spinner=False)
def _name(folder: str, number: int) -> str:
    """The version with the last load in it."""
    with store.reading(number) as connection:
        last = loads.history(connection)[:1] if connection else []
    return ", ".join([f"Version {number}", *(f"{load.loaded_at:%Y-%m-%d %H:%M}" for load in last)])


@st.cache_data(max_entries=20, show_spinner="Jämför")
def _between(folder: str, old: int, new: int) -> pipeline.Preview:
    return pipeline.between(old, new)
