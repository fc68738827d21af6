"""A bare Streamlit page to hold ours against: as many charts and rows, and nothing looked up.

Two pages with the same content: the second is there to change to. How many charts and rows comes
in `BARE_CHARTS` and `BARE_ROWS`. It is served with our own settings of Streamlit, those that make a
page quicker among them.
"""

import os

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

PLACES = ("Göteborgsområdet", "SIMBA", "SAMLA", "Södra Älvsborg", "Fyrbodal", "Skaraborg")
MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13))


def _step() -> None:
    st.session_state["period"] = MONTHS[MONTHS.index(st.session_state["period"]) - 1]


def _page() -> None:
    place = st.selectbox("Område", PLACES, index=len(PLACES) - 1, key="omrade")
    period = st.selectbox("Månad", MONTHS, index=len(MONTHS) - 1, key="period")
    st.button("Föregående månad", on_click=_step)
    st.title(f"{place}, {period}")
    numbers = np.random.default_rng(PLACES.index(place) * 100 + MONTHS.index(period))
    for at in range(int(os.environ["BARE_CHARTS"])):
        chart = go.Figure(go.Scatter(x=MONTHS, y=numbers.normal(size=len(MONTHS)), name=place))
        st.plotly_chart(chart, key=f"chart-{at}")
    rows = int(os.environ["BARE_ROWS"])
    st.dataframe(
        pd.DataFrame({"Plats": [f"{place} {at}" for at in range(rows)], "Tal": range(rows)})
    )


def _first() -> None:
    _page()


def _second() -> None:
    _page()


def main() -> None:
    """Shows the page that the address names."""
    st.set_page_config(layout="wide")
    st.navigation(
        [
            st.Page(_first, title="Den ena", url_path="ena", default=True),
            st.Page(_second, title="Den andra", url_path="andra"),
        ],
        position="top",
    ).run()


if __name__ == "__main__":
    main()
