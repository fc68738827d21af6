"""The style sheet of the Data page."""

from importlib.resources import files

import streamlit as st


def apply() -> None:
    """Give the page Swedish words where Streamlit has only English ones."""
    rules = files("desk").joinpath("desk.css").read_text(encoding="utf-8")
    st.html(f"<style>{rules}</style>")
