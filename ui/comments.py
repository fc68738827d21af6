"""The panel with what users have said of a number: read it, add to it, mend it, take it away.

What is half written is kept, so that it stands there when the reader comes back to the page.
"""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from access import people
from access.checks import Refused
from charts.markup.tables import remark_html
from metrics.catalogue import indicator
from swedish.periods import period_name
from ui import layout
from ui.drafts import Form
from warehouse.journal import comments
from warehouse.journal.comments import Remark
from warehouse.store import WarehouseError

_AUTHOR = "comment-author"
_SAID = "comment-said"


@dataclass(frozen=True)
class _Comment:
    """What a comment is about, and the one that it mends, if any."""

    key: str
    place: str
    period: str
    mended: Remark | None = None

    @property
    def name(self) -> str:
        return f"{self.key}-{self.place}-{self.period}"

    @property
    def form(self) -> Form:
        text = self.mended.text if self.mended else ""
        return Form(
            f"comment-{self.name}-{self.mended.id if self.mended else 0}",
            {"text": text, "author": st.session_state.get(_AUTHOR, "")},
        )


def panel(key: str, *, place: str, place_name: str, period: str) -> None:
    """Show the comments on an indicator in a place and a period, and a form for another."""
    about = indicator(key)
    where = {"indicator": key, "place": place, "period": period}
    name = f"{key}-{place}-{period}"
    remarks = comments.remarks(**where)
    for one in remarks:
        st.html(remark_html(one.text, who=_signed(one), kind="remark"))
    choices = [None, *(one for one in remarks if one.may_change)]
    begun = [one for one in choices if _Comment(key, place, period, one).form.begun]
    with layout.on_demand("Kommentera", key=f"comments-{name}", begun=bool(begun)) as is_open:
        if not is_open:
            return
        layout.caption(
            f"Om {about.name.lower()}, {place_name}, {period_name(period)}. Kommentaren visas här "
            "på sidan och följer med i rapporterna."
        )
        chosen = f"mended-{name}"
        if begun and chosen not in st.session_state:
            st.session_state[chosen] = begun[0]
        mended = st.selectbox(
            "Skriv en ny eller ändra en som finns",
            choices,
            format_func=lambda one: "Ny kommentar" if one is None else _short(one),
            key=chosen,
        )
        _form(_Comment(key, place, period, mended))
        if earlier := comments.history(**where):
            with st.popover("Visa historik"):
                for one in earlier:
                    st.html(remark_html(one.text or "(borttagen)", who=_signed(one)))


def _form(comment: _Comment) -> None:
    """The text, who writes it, and the button."""
    form = comment.form
    st.text_area("Kommentar (tom text tar bort en som finns)", max_chars=600, **form.field("text"))
    if not people.current().signed_in:
        st.text_input("Ditt namn eller din roll", max_chars=60, **form.field("author"))
    # In a callback, so that a second press finds the field empty.
    st.button("Spara", key=f"save-{comment.name}", on_click=partial(_save, comment))
    if begun := form.begun:
        layout.caption(f"Påbörjad {begun.at:%H:%M}. Andra ser kommentaren först när du sparar.")
    kind, said = st.session_state.pop(f"{_SAID}-{comment.name}", ("", ""))
    if kind == "warning":
        st.warning(said, icon=":material/info:")
    elif kind == "error":
        st.error(said, icon=":material/error:")


def _save(comment: _Comment) -> None:
    form, person = comment.form, people.current()
    text, author = form["text"], person.name if person.signed_in else form["author"]
    said = f"{_SAID}-{comment.name}"
    if not author.strip():
        st.session_state[said] = ("warning", "Skriv vem som kommenterar.")
        return
    if not text.strip() and comment.mended is None:
        st.session_state[said] = ("warning", "Skriv en kommentar.")
        return
    try:
        comments.add(
            indicator=comment.key,
            place=comment.place,
            period=comment.period,
            text=text,
            author=author,
            replaces=comment.mended.id if comment.mended else None,
        )
        form.hand_in()
    except (WarehouseError, Refused) as error:
        st.session_state[said] = ("error", str(error))
        return
    st.session_state[_AUTHOR] = author
    st.session_state[f"mended-{comment.name}"] = None


def _signed(one: Remark) -> str:
    return f"{one.author}, {one.written_at:%Y-%m-%d %H:%M}"


def _short(one: Remark) -> str:
    return one.text if len(one.text) <= 60 else f"{one.text[:57]}…"
