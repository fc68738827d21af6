"""A hand-out's pages as they will be, and what in its text they do not carry.

They take their time, and come when all that one writes and takes stands there.
"""

import streamlit as st

from reports.making import Order, claims, pages
from reports.model import ReportError
from settings import SettingsError
from ui import boundary
from ui.layout import plain


@st.fragment(parallel=True)
def shown(order: Order) -> None:
    """The pages, made beside the page that they are shown on."""
    with boundary.of_page():
        try:
            with st.spinner("Gör sidorna …"):
                _doubtful(order)
                pictures = pages(order)
            for number, picture in enumerate(pictures, start=1):
                text = f"Sida {number} av {len(pictures)}"
                st.image(picture, caption=text, alt=text, width="stretch")
        except (ReportError, SettingsError) as error:
            st.error(str(error), icon=":material/error:")


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
