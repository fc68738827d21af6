"""Översikt: the areas side by side, and what the figures rest on."""

from dataclasses import replace
from datetime import date

import streamlit as st

from charts.markup.wheel import wheel_html
from metrics import loaded
from metrics.datasets import discharges
from swedish.periods import period_name
from ui import agreed, filters, investigating, layout, provenance
from ui.shown import overview
from views import compare, highlights, scoreboard, year_wheel

chosen = filters.current()
when = {"period": chosen.period, "part": chosen.care_form}
shown = overview.place(chosen.area, today=date.today(), **when)
about, period = shown.here.indicator, shown.here.period
name = period_name(period)

layout.titled(shown.title)
agreed.mark(about.dataset, place=chosen.area, period=period)
if about.dataset == discharges.KEY:
    layout.to_report("underlag", area=chosen.area, period=period)
st.header("Sedan sist", anchor=False)
if shown.events:
    st.html(shown.events)
layout.caption(shown.looked)
if shown.raised or not shown.events:
    st.header(f"Att lyfta i {chosen.area_name}", anchor=False)
    layout.points([one.text for one in shown.raised], otherwise=highlights.NOTHING)
if shown.chance_note:
    layout.caption(shown.chance_note)

st.header(f"{about.name}, {name}", anchor=False)
st.html(overview.areas(chosen=chosen.area, **when))
layout.caption(overview.how_to_read(about))

st.header("Områdena i siffror", anchor=False)
st.html(shown.board)
layout.caption(scoreboard.NOTE)

st.header(f"Kommunerna, {name}", anchor=False)
left, right = st.columns([7, 5], gap="large")
with right:
    layout.finding(shown.map_finding)
    layout.caption(compare.SHADES_NOTE)
    st.header("Årshjul", anchor=False)
    forum = filters.forum(year_wheel.forums())
    ahead = year_wheel.wheel(f"{date.today():%Y-%m}", forum=forum)
    st.html(wheel_html(ahead, whose=forum is None))
with left:
    layout.shown(shown.map, key="map")

investigating.listed(chosen.area)
st.header("Underlaget", anchor=False)
if missing := overview.missing(**when):
    st.html(missing)
else:
    layout.finding(f"Alla kommuner har rapporterat {name}.")
layout.freshness(loaded.freshness())
provenance.panel(replace(chosen, period=period), dataset=about.dataset)
