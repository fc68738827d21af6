"""Månadsuppföljning: one month and one place, in the order a meeting goes through them."""

import streamlit as st

from charts.columns import LIABILITY_COLUMNS, indicator_columns, ranking_columns
from charts.hospitals import hospital_chart
from charts.markup import html
from charts.ranking import ranking_chart
from metrics.catalogue import of_dataset
from swedish.periods import month_name
from ui import comments, filters, layout, provenance, rebasing
from views import events as dated
from views import liability, summary, trend

chosen = filters.current()
view = {"place": chosen.area, "period": chosen.period, "part": chosen.care_form}
where = f"{chosen.area_name}, {month_name(chosen.period)}"

cards = trend.trends(summary.CARDS, **view)
mean = cards["mean_days"]
st.html(html.cards_html(cards.values()))
layout.incomplete(mean, missing=summary.not_reported(**view))

st.header(mean.indicator.name, anchor=False)
layout.finding(mean.finding)
if not mean.points.empty:
    events = dated.events(place=chosen.area, start=mean.points["period"].iloc[0], end=chosen.period)
    rebasing.chart(
        mean,
        place=chosen.area,
        place_name=chosen.area_name,
        events=events,
        key="mean",
    )
comments.panel("mean_days", place=chosen.area, place_name=chosen.area_name, period=chosen.period)

left, right = st.columns(2, gap="large")
with left:
    ranking = summary.municipalities("mean_days", **view)
    st.header("Kommunerna", anchor=False)
    layout.finding(ranking.finding)
    layout.figure(
        ranking_chart(
            ranking.rows,
            lines=ranking.lines,
            unit=ranking.indicator.unit,
            decimals=ranking.indicator.decimals,
        ),
        key="municipalities",
        alt=ranking.alt,
        rows=ranking.rows,
        columns=ranking_columns(
            ranking.indicator, place="Kommun", numerator="Vårddagar", denominator="Utskrivna"
        ),
        caption=f"{ranking.indicator.name}, {where}",
    )
with right:
    hospitals = summary.hospitals("before_notice_share", **view)
    st.header("Utskrivna före meddelande", anchor=False)
    layout.finding(hospitals.finding)
    layout.figure(
        hospital_chart(
            hospitals.rows,
            unit=hospitals.indicator.unit,
            decimals=hospitals.indicator.decimals,
        ),
        key="hospitals",
        alt=hospitals.alt,
        rows=hospitals.rows,
        columns=ranking_columns(
            hospitals.indicator,
            place="Sjukhus",
            numerator="Utskrivna före meddelande",
            denominator="Alla utskrivna",
        ),
        caption=f"{hospitals.indicator.name}, {where}",
    )

owed = liability.view(place=chosen.area, place_name=chosen.area_name, period=chosen.period)
st.header("Betalningsansvar", anchor=False)
layout.finding(owed.finding)
st.caption(owed.rules)
if not owed.rows.empty:
    with st.expander("Visa dagar och belopp per kommun", key="liability"):
        layout.table(
            owed.rows,
            LIABILITY_COLUMNS,
            caption=f"Betalningsansvar, {where}. {liability.CAUTION}",
        )
    with st.expander("Så är det räknat, och vad som är öppet", key="liability-points"):
        layout.points(owed.points, otherwise="")

st.header("Alla tal", anchor=False)
numbers = summary.table(**view)
columns = indicator_columns(of_dataset("discharges"))
layout.table(numbers, columns, caption=where)
st.download_button(
    "Ladda ner som CSV",
    html.table_csv(numbers, columns),
    file_name=f"manadsuppfoljning_{chosen.area}_{chosen.period}_{chosen.care_form}.csv",
    mime="text/csv",
    on_click="ignore",
    icon=":material/download:",
)
layout.definitions(of_dataset("discharges"))
provenance.panel(chosen)
