"""Rapporter: choose, write, comment, see the pages as they will be, and take them away.

What is chosen and written is kept as a draft of the area, by itself, and stands in the address.
"""

from datetime import datetime
from functools import partial

import streamlit as st

from reports.making import (
    FORMATS,
    KINDS,
    Order,
    file,
    proposed,
    proposed_position,
)
from reports.model import ReportError
from settings import SettingsError
from swedish.periods import period_name
from ui import address, comments, filters, first_days, layout
from ui.handing_out import answer, preview, version
from ui.handing_out.draft import Writing

MIME = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

NAMES = {kind.path: key for key, kind in KINDS.items()}
periods = {path: KINDS[key].periods for path, key in NAMES.items()}
names = [path for path in NAMES if periods[path]]
if not names:
    first_days.guide("Rapporter")
    st.stop()


def own(text: str, suggested: tuple[str, ...]) -> tuple[str, ...] | None:
    """What stands on each line, None where it is what was proposed."""
    written = tuple(line.strip() for line in text.splitlines() if line.strip())
    return None if written == suggested else written


head = st.container()
if answer.asked():
    answer.panel()
versions = version.offered()
address.report(names, versions)
with st.container(horizontal=True, gap="medium"):
    chosen = (
        st.segmented_control(
            "Rapport",
            names,
            format_func=lambda name: KINDS[NAMES[name]].name,
            required=True,
            key=address.REPORT,
            wrap=True,
        )
        or names[0]
    )
    earlier = version.chosen(versions)
address.write_report(chosen, earlier)
kind = KINDS[NAMES[chosen]]
if kind.page.grain == "quarter":
    view = filters.quarter_bar(periods[chosen])
    area, area_name, period = view.area, view.area_name, view.quarter
else:
    month = filters.month_bar(periods[chosen])
    area, area_name, period = month.area, month.area_name, month.period
with head:
    layout.titled(f"{kind.name}, {area_name}, {period_name(period)}")
name = f"{chosen}-{area}-{period}"
made = st.session_state.setdefault(f"made-{name}", datetime.now().replace(microsecond=0))
order = Order(kind=NAMES[chosen], place=area, period=period, made=made, version=earlier)
of_version = f"_version-{earlier}" if earlier else ""
draft = Writing(kind=chosen, area=area, period=period)

left, right = st.columns([2, 3], gap="large")
try:
    with left:
        # In a place of its own: what stands below would be drawn anew, and closed, once it is gone.
        with st.container():
            draft.offer_earlier()
        parts = tuple(kind.sections)
        if kind.sections:
            st.header("Innehåll", anchor=False)
            parts = draft.parts(kind.sections)
        points = tuple(proposed(order))
        summary = draft.text("summary", "Sammanfattning, en punkt på varje rad", "\n".join(points))
        recommended = tuple(proposed_position(order))
        position = draft.text(
            "position",
            "Förslag till ställningstagande, en mening på varje rad",
            "\n".join(recommended),
            height=200 if recommended else 80,
        )
        notes = draft.text("notes", "Att notera, ett stycke på varje rad", "", height=80)
        with st.expander("Ärendet", icon=":material/folder_open:"):
            case_number = draft.line("case_number", "Diarienummer")
            officer = draft.line("officer", "Handläggare")
            receiver = draft.line("receiver", "Mottagare")
            errand = draft.text("errand", "Vad ärendet gäller", "", height=80)
        draft.keep()
        order = Order(
            kind=NAMES[chosen],
            place=area,
            period=period,
            made=made,
            version=earlier,
            parts=parts,
            summary=own(summary, points),
            position=own(position, recommended),
            errand=errand.strip(),
            notes=notes.strip(),
            case_number=case_number.strip(),
            officer=officer.strip(),
            receiver=receiver.strip(),
        )
        st.header("Kommentarer", anchor=False)
        comments.panel(kind.page.headline, place=area, place_name=area_name, period=period)
    with right:
        with st.container(horizontal=True, gap="small", key="take"):
            for suffix in kind.formats:
                st.download_button(
                    FORMATS[suffix],
                    partial(file, order, suffix),
                    file_name=f"{chosen}_{area}_{period}{of_version}.{suffix}",
                    mime=MIME[suffix],
                    key=f"take-{suffix}",
                    on_click="ignore",
                    icon=":material/download:",
                )
        layout.caption(
            "PowerPoint, Word och Excel går att ändra efteråt. Diagrammen i PowerPoint har sina "
            "siffror med sig."
        )
        with st.container(key="pages"):
            preview.shown(order)
except (ReportError, SettingsError) as error:
    st.error(str(error), icon=":material/error:")
if not answer.asked():
    with left:
        answer.panel()
