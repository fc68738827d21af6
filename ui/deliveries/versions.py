"""Any two of the kept versions, compared."""

import streamlit as st

import pipeline
from ui import layout
from ui.deliveries import changes
from warehouse import store
from warehouse.state import remembered


def section() -> None:
    """Let the reader choose two versions, and show what differs between them, once it is opened."""
    kept = [number for number in store.versions()[::-1] if store.readable(number)]
    if len(kept) < 2:
        return
    with layout.on_demand("Jämför två versioner", key="versions") as opened:
        if not opened:
            return
        layout.finding(f"De {len(kept)} senaste versionerna finns kvar. Varje inläsning ger en ny.")
        with st.container(horizontal=True):
            old, new = (
                st.selectbox(label, kept, index=at, format_func=store.described, key=key, width=480)
                for label, at, key in (("Från", 1, "version-old"), ("Till", 0, "version-new"))
            )
        if old == new:
            layout.finding("Välj två olika versioner.")
            return
        try:
            with st.spinner("Jämför"):
                differences = _between(old, new)
        except KeyError:
            layout.finding("En av versionerna finns inte kvar. Ladda om sidan.")
            return
        changes.show(differences, key=f"versions-{old}-{new}")


@remembered(20)
def _between(old: int, new: int) -> pipeline.Preview:
    """What differs. Raises KeyError where one of the versions is gone."""
    return pipeline.between(old, new)
