"""Medel: one programme and year, from allocated to left, and what is not explained."""

import streamlit as st

import reference
from charts.columns import RECIPIENT_COLUMNS, TableColumn
from charts.funds import amount_chart
from metrics.catalogue import indicator
from metrics.datasets import funds
from metrics.statistics.split import LABEL
from ui import comments, filters, first_days, layout, provenance
from views.funds import page, tables

years = page.years()
if not years:
    first_days.guide("Medel", "medel", export="ett register över medel", places=False)
    st.stop()
chosen = filters.funds_bar(years)
view = page.view(programme=chosen.programme, year=chosen.year)
what = f"{chosen.programme} {chosen.year}"
AMOUNTS = [
    TableColumn("name", "Post"),
    TableColumn("detail", "Avser"),
    TableColumn("value", "Kronor", 0),
]

layout.titled(view.finding)
layout.to_report("underlag", area=reference.COUNTY)
comments.panel(
    funds.PAGE.headline,
    place=chosen.programme,
    place_name=chosen.programme,
    period=chosen.year,
)

shown = [
    ("steps", "Från tilldelat till kvar", view.steps, "från tilldelat till kvar"),
    (
        "division",
        "Vad som har tilldelats vem",
        view.division,
        "delarna och det som inte är redovisat",
    ),
]
drawn = [one for one in shown if not one[2].empty]
for column, (key, title, rows, told) in zip(st.columns(2, gap="large"), drawn, strict=False):
    with column:
        st.header(title, anchor=False)
        layout.figure(
            amount_chart(rows),
            key=key,
            alt=tables.bars_alt(rows, what=f"{what}, {told}"),
            rows=rows,
            columns=AMOUNTS,
            caption=what,
            about=indicator(funds.PAGE.headline),
        )

if not view.table.empty:
    st.header("Mottagarna", anchor=False)
    layout.table(
        view.table,
        [RECIPIENT_COLUMNS[0], TableColumn("decided", "Beslut"), *RECIPIENT_COLUMNS[1:]],
        caption=what,
    )

if view.divisible:
    st.header("Förslag till fördelning", anchor=False)
    with st.container(horizontal=True, gap="small"):
        grant = st.selectbox(
            "Belopp", view.divisible, format_func=lambda item: item.recipient, width=320
        )
        by = st.segmented_control("Fördela på", ["Områden", "Kommuner"], default="Områden")
    level = "municipality" if by == "Kommuner" else "area"
    proposal = page.proposal(grant, year=view.year, by=level)
    layout.finding(proposal.finding)
    layout.table(
        proposal.rows,
        [
            TableColumn("name", "Plats"),
            TableColumn("inhabitants", "Invånare", 0),
            TableColumn("share", "Andel (%)", 2),
            TableColumn("kronor", "Kronor", 0),
        ],
        caption=f"{grant.recipient}, {LABEL}",
    )

provenance.panel(
    filters.Filters(reference.COUNTY, chosen.year, chosen.programme),
    dataset=funds.KEY,
    recipients=[grant.recipient for grant in view.grants],
)
