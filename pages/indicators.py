"""Indikatorer: what each measure is, how it is calculated and shown, as cards and as a file."""

import streamlit as st

import reference
from ui import layout
from ui.shown import definitions

layout.finding(
    "Så här är varje mått definierat: vad det betyder, hur det räknas, var uppgifterna kommer "
    "ifrån och vad man ska tänka på. Samma definition gäller på sidorna, i filerna och i "
    "underlagen."
)
st.download_button(
    "Ladda ner som Excel",
    definitions.workbook,
    file_name="indikatorer.xlsx",
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    on_click="ignore",
    icon=":material/download:",
)
system = reference.county().deviations_system
wanted = st.text_input("Sök mått", placeholder=f"Till exempel SIP, invånare eller {system}")
if cards := definitions.markup(wanted.strip()):
    st.html(cards)
else:
    layout.finding(f"Inget mått handlar om ”{wanted.strip()}”.")
