"""The panel with what users have said of a number: read it, add to it, mend it, take it away."""

from html import escape

import streamlit as st

from metrics.catalogue import indicator
from swedish.periods import period_name
from ui import layout
from warehouse.journal import comments
from warehouse.journal.comments import Remark
from warehouse.store import WarehouseError

_AUTHOR = "comment-author"


def panel(key: str, *, place: str, place_name: str, period: str) -> None:
    """Show the comments on an indicator in a place and a period, and a form for another."""
    about = indicator(key)
    where = {"indicator": key, "place": place, "period": period}
    name = f"{key}-{place}-{period}"
    found = comments.remarks(**where)
    for one in found:
        st.html(f'<p class="remark">{escape(one.text)} <span>{escape(_signed(one))}</span></p>')
    head = f"Kommentera {about.name.lower()}, {place_name}, {period_name(period)}"
    with st.expander(head, icon=":material/comment:", key=f"comments-{name}"):
        layout.caption("Kommentaren visas här på sidan och följer med i rapporterna.")
        mended = st.selectbox(
            "Skriv en ny eller ändra en som finns",
            [None, *found],
            format_func=lambda one: "Ny kommentar" if one is None else _short(one),
            key=f"mended-{name}",
        )
        with st.form(f"comment-{name}", border=False):
            text = st.text_area(
                "Kommentar (tom text tar bort en som finns)",
                value=mended.text if mended else "",
                max_chars=600,
                key=f"text-{name}-{mended.id if mended else 0}",
            )
            author = st.text_input(
                "Ditt namn eller din roll",
                value=st.session_state.get(_AUTHOR, ""),
                max_chars=60,
                key=f"author-{name}",
            )
            if st.form_submit_button("Spara"):
                _save(where, text, author, mended)
        if earlier := comments.history(**where):
            with st.popover("Visa historik"):
                for one in earlier:
                    said = escape(one.text) if one.text else "(borttagen)"
                    st.html(f"<p>{said} <span>{escape(_signed(one))}</span></p>")


def _save(where: dict[str, str], text: str, author: str, mended: Remark | None) -> None:
    if not author.strip():
        st.warning("Skriv vem som kommenterar.", icon=":material/info:")
        return
    if not text.strip() and mended is None:
        st.warning("Skriv en kommentar.", icon=":material/info:")
        return
    st.session_state[_AUTHOR] = author
    try:
        comments.add(**where, text=text, author=author, replaces=mended.id if mended else None)
    except WarehouseError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.rerun()


def _signed(one: Remark) -> str:
    return f"{one.author}, {one.written_at:%Y-%m-%d %H:%M}"


def _short(one: Remark) -> str:
    return one.text if len(one.text) <= 60 else f"{one.text[:57]}…"
