"""Avvikelser: one quarter and one place, from how many to who, and what the limits say."""

import streamlit as st

import reference
from charts.markup import tables
from metrics.datasets.deviations import KEY, PAGE
from ui import agreed, comments, filters, first_days, investigating, layout, provenance, rebasing
from ui.shown import deviations
from views.deviations import page
from views.deviations.sentences import CAUTION
from views.neighbours import area_of

quarters = page.quarters()
if not quarters:
    system = reference.county().deviations_system
    first_days.guide(
        "Avvikelser", "avvikelser", export=f"ärenden ur {system} eller kvartalets brister"
    )
    st.stop()
chosen = filters.quarter_bar(quarters)
shown = deviations.quarter(place=chosen.area, quarter=chosen.quarter)

layout.titled(shown.finding)
agreed.mark(KEY, place=chosen.area, period=chosen.quarter)
layout.to_report("kvartalsrapport", area=area_of(chosen.area), kvartal=chosen.quarter)
layout.caption(CAUTION)
st.html(shown.cards)
for column, told in zip(st.columns(2, gap="large"), shown.answers, strict=False):
    column.html(tables.finding_html(told))


def said() -> None:
    """What has been said of the quarter's number, and where to say more."""
    comments.panel(
        PAGE.headline,
        place=chosen.area,
        place_name=chosen.area_name,
        period=chosen.quarter,
    )
    investigating.panel(PAGE.headline, place=chosen.area, period=chosen.quarter)


if shown.chart:
    st.header("Registrerade över tid", anchor=False)
    layout.finding(shown.course.finding)
rebasing.chart(
    shown.chart, shown.course, place=chosen.area, events=shown.events, key="course", more=said
)
if shown.chart and shown.protected:
    layout.caption(shown.protected)

if shown.beside:
    st.header("Bredvid området och länet", anchor=False)
    layout.shown(shown.beside, key="beside")

if shown.around:
    layout.caption(f"Det som följer räknas inte för en enda kommun. Det gäller {shown.around}.")
left, right = st.columns(2, gap="large")
with left:
    st.header("Processer", anchor=False)
    layout.finding(shown.processes_finding)
    layout.shown(shown.processes, key="processes")
with right:
    st.header("Kommunerna per invånare", anchor=False)
    layout.finding(shown.funnel_finding)
    if shown.funnel:
        layout.shown(shown.funnel, key="funnel")
        layout.caption(shown.funnel_key)

st.header("Från vem till vem", anchor=False)
layout.finding(shown.ways_finding)
if shown.ways:
    st.html(shown.ways)
    layout.caption(shown.ways_key)

st.header("Alla tal", anchor=False)
st.html(shown.numbers)
st.download_button(
    "Ladda ner som CSV",
    shown.file,
    file_name=f"avvikelser_{chosen.area}_{chosen.quarter}.csv",
    mime="text/csv",
    on_click="ignore",
    icon=":material/download:",
)
layout.definitions(page.measures())
provenance.panel(
    filters.Filters(chosen.area, chosen.quarter, "alla"),
    dataset=KEY,
)
