"""Data: from a file on a desk to published, what has been loaded, and what is missing."""

import streamlit as st

from desk import arrivals, forms, gaps, headings, records, style, uploads, versions

style.apply()
st.header("Läs in filer", anchor=False)
uploads.section()
st.header("Hämtade filer", anchor=False)
arrivals.section()
st.header("Historik", anchor=False)
records.section()
versions.section()
st.header("Vad som saknas", anchor=False)
gaps.section()
st.header("Mallar", anchor=False)
forms.section()
st.header("Profiler för rubriker", anchor=False)
headings.section()
