"""Översikt: the areas side by side, and what the figures rest on."""

from datetime import date

import streamlit as st

from charts.areas import area_chart
from charts.columns import comparison_columns
from charts.markup import facts, html
from charts.markup.scoreboard import board_html
from charts.markup.tiles import tiles_html
from metrics import values
from metrics.catalogue import indicator
from settings import settings
from swedish.periods import month_name
from ui import filters, layout, provenance
from views import compare, highlights, scoreboard, summary, trend, year_wheel

chosen = filters.current()
when = {"period": chosen.period, "part": chosen.care_form}
month = month_name(chosen.period)
mean = indicator("mean_days")

here = trend.trend("mean_days", place=chosen.area, **when)
areas = trend.area_trends("mean_days", **when)
ceiling = trend.ceiling(areas.values())
across = compare.across(mean.key, area=chosen.area, against=chosen.area, **when)


def _card_key(key: str) -> str:
    """The name that the style sheet knows a card by: the chosen area's stands out."""
    return "area-chosen" if key == chosen.area else f"area-card-{key}"


layout.finding(here.finding)
board = scoreboard.board(**when)
st.header(f"Att lyfta i {chosen.area_name}", anchor=False)
layout.points(
    [
        one.text
        for one in highlights.highlights(
            board, place=chosen.area, today=date.today(), settings=settings(), **when
        )
    ],
    otherwise=highlights.NOTHING,
)

st.header(f"{mean.name}, {month}", anchor=False)
with st.container(horizontal=True, key="areas"):
    for key, area in areas.items():
        with st.container(border=True, gap="xxsmall", key=_card_key(key)):
            st.page_link(
                "pages/monthly.py",
                label=f"**{area.place_name}**",
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params={
                    "omrade": key,
                    "period": chosen.period,
                    "vardform": chosen.care_form,
                },
            )
            st.html(html.card_html(area))
            if not area.points.empty:
                layout.plain_figure(
                    area_chart(
                        area.points, unit=mean.unit, decimals=mean.decimals, ceiling=ceiling
                    ),
                    key=f"area-{key}",
                    alt=area.alt,
                )
layout.caption(
    "Grått band: gränserna för slumpvariation. Områdena har samma skala. Betalningsansvar "
    f"prövas vid ett genomsnitt över {trend.target_text(mean)} dagar."
)

st.header("Områdena i siffror", anchor=False)
st.html(
    board_html(
        board,
        places=scoreboard.places(),
        chosen=chosen.area,
        period=chosen.period,
        caption=f"Alla mått, {month}",
    )
)
layout.caption(scoreboard.NOTE)

st.header(f"Kommunerna, {month}", anchor=False)
layout.finding(across.finding)
layout.drawing(
    tiles_html(across.rows, steps=across.steps, unit=mean.unit, decimals=mean.decimals),
    key="map",
    alt=across.alt,
    rows=across.rows,
    columns=comparison_columns(mean, place="Kommun"),
    caption=f"{mean.name}, {month}",
)
layout.caption(compare.SHADES_NOTE)

st.header("Årshjul", anchor=False)
forum = filters.forum(year_wheel.forums())
ahead = year_wheel.wheel(f"{date.today():%Y-%m}", forum=forum)
st.html(facts.wheel_html(ahead, whose=forum is None))

st.header("Underlaget", anchor=False)
layout.reported(summary.not_reported(place="lan", **when), month=month)
layout.freshness(values.freshness())
provenance.panel(chosen)
