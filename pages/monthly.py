"""Månadsuppföljning: one month and one place, in the order a meeting goes through them."""

import streamlit as st

import reference
from metrics.catalogue import of_dataset
from metrics.datasets import discharges
from swedish.periods import month_name
from ui import agreed, comments, filters, investigating, layout, provenance, rebasing
from ui.shown import monthly
from views.neighbours import area_of

chosen = filters.current()
where = f"{chosen.area_name}, {month_name(chosen.period)}"
shown = monthly.month(place=chosen.area, period=chosen.period, part=chosen.care_form)

layout.titled(shown.mean.finding)
agreed.mark(discharges.KEY, place=chosen.area, period=chosen.period)
layout.to_report("manadsrapport", area=area_of(chosen.area), period=chosen.period)
st.html(shown.cards)
layout.incomplete(shown.mean, missing=shown.missing)


def said() -> None:
    """What has been said of the month's number, and where to say more."""
    comments.panel(
        discharges.PAGE.headline,
        place=chosen.area,
        place_name=chosen.area_name,
        period=chosen.period,
    )
    investigating.panel(discharges.PAGE.headline, place=chosen.area, period=chosen.period)


st.header(shown.mean.indicator.name, anchor=False)
rebasing.chart(
    shown.chart, shown.mean, place=chosen.area, events=shown.events, key="mean", more=said
)
if shown.protected:
    layout.caption(shown.protected)
if shown.beside:
    st.header("Bredvid området och länet", anchor=False)
    layout.shown(shown.beside, key="beside")


def municipalities() -> None:
    """The municipalities in order, area by area."""
    st.header("Kommunerna", anchor=False)
    layout.finding(shown.ranking_finding)
    layout.shown(shown.ranking, key="municipalities")


def hospitals() -> None:
    """What hospitals discharged before the notice; nothing for a municipality."""
    if shown.hospitals:
        st.header("Utskrivna före meddelande", anchor=False)
        layout.finding(shown.hospitals_finding)
        layout.shown(shown.hospitals, key="hospitals")


def liability() -> None:
    """Who is to pay, and how that is calculated."""
    st.header("Betalningsansvar", anchor=False)
    layout.finding(shown.owed.finding)
    layout.caption(shown.owed.rules)
    if not shown.owed.rows.empty:
        with layout.beneath("liability"):
            with st.expander("Visa dagar och belopp per kommun", key="liability"):
                st.html(shown.owed_table)
            with st.expander("Så är det räknat, och vad som är öppet", key="liability-points"):
                layout.points(shown.owed.points, otherwise="")


# The county's municipalities take the whole width; those of one area leave half of it.
if chosen.area == reference.COUNTY:
    municipalities()
    left, right = st.columns(2, gap="large")
    with left:
        hospitals()
else:
    left, right = st.columns(2, gap="large")
    with left:
        municipalities()
    with right:
        hospitals()
with right:
    liability()

st.header("Alla tal", anchor=False)
st.html(shown.numbers)
st.download_button(
    "Ladda ner som CSV",
    shown.file,
    file_name=f"manadsuppfoljning_{chosen.area}_{chosen.period}_{chosen.care_form}.csv",
    mime="text/csv",
    on_click="ignore",
    icon=":material/download:",
)
layout.definitions(of_dataset(discharges.KEY))
provenance.panel(chosen, dataset=discharges.KEY)
