"""Indikatorer: what each measure is, how it is calculated and shown, as cards and as a file."""

import streamlit as st

import reference
from metrics.catalogue import indicators
from swedish import typography
from ui import layout
from ui.shown import definitions

count = typography.plural(len(indicators()), "indikator", "indikatorer")
layout.titled(
    f"{count} med samma definition på sidorna, i filerna och i underlagen. Vad varje mått betyder, "
    "hur det räknas, var uppgifterna kommer ifrån och vad man ska tänka på."
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
