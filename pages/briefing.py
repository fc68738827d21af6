"""SRO-underlag: choose, comment, see the pages as they will be, and take them away."""

from datetime import datetime
from functools import partial

import streamlit as st

from charts.markup import html
from metrics import values
from reports.making import FORMATS, KINDS, Order, file, pages, proposed
from reports.model import ReportError
from settings import SettingsError
from ui import comments, filters, layout
from views.deviations import page

MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a comment in each kind of report is about.
ABOUT = {"discharges": "mean_days", "deviations": "deviations"}

months, quarters = values.periods(), page.quarters()
kinds = [
    key for key, kind in KINDS.items() if (quarters if kind.dataset == "deviations" else months)
]
if not kinds:
    layout.no_data()
    st.stop()


chosen = st.segmented_control(
    "Rapport",
    kinds,
    format_func=lambda key: KINDS[key].name,
    default=kinds[0],
    required=True,
    key="report-kind",
)
kind = KINDS[chosen]
if kind.dataset == "deviations":
    view = filters.quarter_bar(quarters)
    area, area_name, period = view.area, view.area_name, view.quarter
else:
    month = filters.month_bar(months)
    area, area_name, period = month.area, month.area_name, month.period
name = f"{chosen}-{area}-{period}"
made = st.session_state.setdefault(f"made-{name}", datetime.now().replace(microsecond=0))
order = Order(kind=chosen, place=area, period=period, made=made)

try:
    left, right = st.columns([2, 3], gap="large")
    with left:
        parts = tuple(kind.sections)
        if kind.sections:
            st.header("Innehåll", anchor=False)
            parts = tuple(
                st.pills(
                    "Delar",
                    list(kind.sections),
                    selection_mode="multi",
                    default=list(kind.sections),
                    format_func=lambda key: kind.sections[key].title,
                    key=f"parts-{chosen}",
                    wrap=True,
                )
            )
        summary = None
        if chosen == "briefing":
            points = st.text_area(
                "Sammanfattning, en punkt på varje rad",
                value="\n".join(proposed(order)),
                height=280,
                key=f"summary-{name}",
            )
            summary = tuple(line.strip() for line in points.splitlines() if line.strip())
        order = Order(
            kind=chosen, place=area, period=period, made=made, parts=parts, summary=summary
        )
        about = ABOUT[kind.dataset]
        st.header("Kommentarer", anchor=False)
        comments.panel(about, place=area, place_name=area_name, period=period)
        st.header("Ta med", anchor=False)
        for suffix in kind.formats:
            st.download_button(
                FORMATS[suffix],
                partial(file, order, suffix),
                file_name=f"{chosen}_{area}_{period}.{suffix}",
                mime=MIME[suffix],
                key=f"take-{suffix}",
                on_click="ignore",
                icon=":material/download:",
            )
        layout.caption(
            "PowerPoint, Word och Excel går att ändra efteråt. Diagrammen i PowerPoint har sina "
            "siffror med sig."
        )
    with right:
        st.header("Så blir sidorna", anchor=False)
        with st.spinner("Gör sidorna …"):
            shown = pages(order)
        for number, picture in enumerate(shown, start=1):
            st.html(html.picture_html(picture, text=f"Sida {number} av {len(shown)}"))
except (ReportError, SettingsError) as error:
    st.error(str(error), icon=":material/error:")
