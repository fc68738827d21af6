"""Avvikelser: one quarter and one place, from how many to who, and what the limits say."""

import streamlit as st

from charts.columns import Column, indicator_columns
from charts.funnel import funnel_chart, position_word
from charts.markup import facts, html, matrix
from charts.processes import process_chart
from metrics.datasets.deviations.ways import TOTAL
from swedish.periods import period_name
from ui import comments, filters, layout, provenance, rebasing
from views.deviations import page
from views.deviations.sentences import CAUTION
from views.deviations.tables import DATASET

quarters = page.quarters()
if not quarters:
    layout.no_data("avvikelser", export="ärenden ur MedControl PRO eller kvartalets brister")
    st.stop()
chosen = filters.quarter_bar(quarters)
view = {"place": chosen.area, "quarter": chosen.quarter}
where = f"{chosen.area_name}, {period_name(chosen.quarter)}"

now = page.quarter(**view)
layout.finding(now.finding)
st.info(CAUTION, icon=":material/info:")
st.html(facts.facts_html(now.facts))
layout.finding(now.answers)

comments.panel("deviations", place=chosen.area, place_name=chosen.area_name, period=chosen.quarter)

left, right = st.columns(2, gap="large")
with left:
    processes = page.processes(**view)
    st.header("Processer", anchor=False)
    layout.finding(processes.finding)
    layout.figure(
        process_chart(
            processes.counts,
            quarters=processes.quarters,
            chosen=chosen.quarter,
            breaks=processes.breaks,
        ),
        key="processes",
        alt=processes.alt,
        rows=processes.table,
        columns=[
            Column("process", "Process"),
            *(Column(q, period_name(q), 0) for q in reversed(processes.quarters)),
        ],
        caption=f"Registrerade avvikelser per process, {chosen.area_name}",
    )
with right:
    funnel = page.funnel(**view)
    st.header("Kommunerna per invånare", anchor=False)
    layout.finding(funnel.finding)
    if not funnel.points.empty:
        layout.figure(
            funnel_chart(funnel.points, curve=funnel.curve, rate=funnel.rate),
            key="funnel",
            alt=funnel.alt,
            rows=funnel.points,
            columns=[
                Column("name", "Kommun"),
                Column("count", "Registrerade", 0),
                Column("inhabitants", f"Invånare {funnel.year}", 0),
                Column("rate", "Per 10 000", 2),
                Column("position", "Läge", show=position_word),
            ],
            caption=f"Registrerade per 10 000 invånare, {period_name(chosen.quarter)}",
        )
        layout.caption(funnel.key)

course = page.course(**view)
if not course.points.empty:
    st.header("Registrerade över tid", anchor=False)
    layout.finding(course.finding)
    rebasing.chart(
        course,
        place=chosen.area,
        place_name=chosen.area_name,
        events=page.breaks_as_events(**view),
        key="course",
    )

ways = page.ways(**view)
st.header("Från vem till vem", anchor=False)
layout.finding(ways.finding)
if not ways.empty and ways.shown:
    st.html(matrix.matrix_html(ways.grid, statuses=ways.statuses, caption=where, total=TOTAL))
    layout.caption(ways.key)

st.header("Alla tal", anchor=False)
numbers = page.table(**view)
columns = indicator_columns(page.measures())
layout.table(numbers, columns, caption=where)
st.download_button(
    "Ladda ner som CSV",
    html.table_csv(numbers, columns),
    file_name=f"avvikelser_{chosen.area}_{chosen.quarter}.csv",
    mime="text/csv",
    on_click="ignore",
    icon=":material/download:",
)
layout.definitions(page.measures())
provenance.panel(
    filters.Filters(chosen.area, chosen.quarter, "alla"),
    dataset=DATASET,
)
