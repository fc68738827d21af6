"""Data: from a file on a desk to published, what has been loaded, and what is missing."""

import streamlit as st

from charts.rows import LoadedRow, rows_of
from metrics import loaded
from ui import layout
from ui.deliveries import (
    arrivals,
    coverage,
    headings,
    history,
    keeping,
    templates,
    uploads,
    versions,
)
from views.news import newest

reached = {row.dataset: row.last_period for row in rows_of(loaded.freshness(), LoadedRow)}
layout.titled(newest.reach(reached) if reached else "Data")
st.header("Läs in filer", anchor=False)
uploads.section()
st.header("Hämtade filer", anchor=False)
arrivals.section()
st.header("Historik", anchor=False)
history.section()
with layout.beneath("history"):
    versions.section()
    keeping.section()
st.header("Vad som saknas", anchor=False)
coverage.section()
st.header("Leveranskvalitet", anchor=False)
coverage.quality_section()
st.header("Mallar", anchor=False)
templates.section()
st.header("Profiler för rubriker", anchor=False)
headings.section()
