"""A hand-out as its file will be, and what in its text its charts do not carry.

It takes its time, and comes when all that one writes and takes stands there.
"""

from collections.abc import Mapping

import streamlit as st

from reports.making import Order, claims, pages
from reports.model import ReportError
from settings import SettingsError
from ui import boundary, layout
from ui.layout import plain

# What a file is called, and one of its pages.
_SEEN: Mapping[str, tuple[str, str]] = {
    "pdf": ("PDF och Word", "Sida"),
    "pptx": ("PowerPoint", "Bild"),
}


@st.fragment(parallel=True)
def shown(order: Order) -> None:
    """The pages or slides, made beside the page that they are shown on."""
    with boundary.of_page():
        suffix = st.segmented_control(
            "Så blir filen",
            list(_SEEN),
            format_func=lambda suffix: _SEEN[suffix][0],
            default="pdf",
            required=True,
            key="seen",
        )
        one = _SEEN[suffix][1]
        try:
            with st.spinner("Ritar …"):
                _doubtful(order)
                pictures = pages(order, suffix)
        except (ReportError, SettingsError) as error:
            st.error(str(error), icon=":material/error:")
            return
        if suffix == "pptx":
            layout.caption(
                "PowerPoint ritar bokstäver och diagram på sitt sätt. En egen malls bakgrund "
                "finns i filen men inte här."
            )
        for number, picture in enumerate(pictures, start=1):
            text = f"{one} {number} av {len(pictures)}"
            st.image(picture, caption=text, alt=text, width="stretch")


def _doubtful(order: Order) -> None:
    """Mark what is written that the report's charts do not carry, with what they say."""
    unsupported = claims(order)
    if not unsupported:
        return
    told = "\n".join(
        f"- ”{plain(one.quote)}” i ”{plain(one.sentence)}”: {plain(one.says)}"
        for one in unsupported
    )
    st.warning(
        f"Det här står i texten men inte i diagrammen. Du avgör vad som ska stå.\n{told}",
        icon=":material/fact_check:",
    )
