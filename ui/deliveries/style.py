"""The style sheet of the Data page."""

from importlib.resources import files

import streamlit as st


def apply() -> None:
    """Give the page its rules for tables of faults."""
    rules = files("ui.deliveries").joinpath("deliveries.css").read_text(encoding="utf-8")
    st.html(f"<style>{rules}</style>")
