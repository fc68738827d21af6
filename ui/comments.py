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
from ui import drafts, layout
from warehouse.journal import comments
from warehouse.journal.comments import Remark
from warehouse.store import WarehouseError

_AUTHOR = "comment-author"
_SAID = "comment-said"


@dataclass(frozen=True)
class _Form:
    """One form: what its comment is about, and the comment that it mends, if any."""

    key: str
    place: str
    period: str
    mended: Remark | None = None

    @property
    def name(self) -> str:
        return f"{self.key}-{self.place}-{self.period}"

    @property
    def about(self) -> str:
        """What the draft of its text is kept under."""
        return f"comment-{self.name}-{self.mended.id if self.mended else 0}"

    @property
    def text_key(self) -> str:
        return f"text-{self.name}-{self.mended.id if self.mended else 0}"

    @property
    def author_key(self) -> str:
        return f"author-{self.name}"


def panel(key: str, *, place: str, place_name: str, period: str) -> None:
    """Show the comments on an indicator in a place and a period, and a form for another."""
    about = indicator(key)
    where = {"indicator": key, "place": place, "period": period}
    name = f"{key}-{place}-{period}"
    remarks = comments.remarks(**where)
    for one in remarks:
        st.html(remark_html(one.text, who=_signed(one), kind="remark"))
    begun = drafts.kept(_Form(key, place, period).about)
    with layout.on_demand("Kommentera", key=f"comments-{name}", begun=begun is not None) as is_open:
        if not is_open:
            return
        layout.caption(
            f"Om {about.name.lower()}, {place_name}, {period_name(period)}. Kommentaren visas här "
            "på sidan och följer med i rapporterna."
        )
        mended = st.selectbox(
            "Skriv en ny eller ändra en som finns",
            [None, *(one for one in remarks if one.may_change)],
            format_func=lambda one: "Ny kommentar" if one is None else _short(one),
            key=f"mended-{name}",
        )
        _form(_Form(key, place, period, mended))
        if earlier := comments.history(**where):
            with st.popover("Visa historik"):
                for one in earlier:
                    st.html(remark_html(one.text or "(borttagen)", who=_signed(one)))


def _form(form: _Form) -> None:
    """The text, who writes it, and the button; each is kept as soon as it is left."""
    begun = drafts.kept(form.about)
    if form.text_key not in st.session_state:
        mended = form.mended.text if form.mended else ""
        st.session_state[form.text_key] = begun.content["text"] if begun else mended
    if form.author_key not in st.session_state:
        st.session_state[form.author_key] = st.session_state.get(_AUTHOR, "")
    # Before the text: that one is begun draws anew what stands after it.
    if people.current().signed_in:
        st.session_state[form.author_key] = people.current().name
    else:
        st.text_input("Ditt namn eller din roll", max_chars=60, key=form.author_key)
    st.text_area(
        "Kommentar (tom text tar bort en som finns)",
        max_chars=600,
        key=form.text_key,
        on_change=partial(_remember, form),
    )
    if begun:
        layout.caption(f"Påbörjad {begun.at:%H:%M}. Andra ser kommentaren först när du sparar.")
    # In a callback, so that a second press finds the field empty.
    st.button("Spara", key=f"save-{form.name}", on_click=partial(_save, form))
    kind, said = st.session_state.pop(f"{_SAID}-{form.name}", ("", ""))
    if kind == "warning":
        st.warning(said, icon=":material/info:")
    elif kind == "error":
        st.error(said, icon=":material/error:")


def _remember(form: _Form) -> None:
    text = st.session_state[form.text_key]
    mended = form.mended.text if form.mended else ""
    if text == mended:
        drafts.discard(form.about)
    else:
        drafts.keep(form.about, {"text": text})


def _save(form: _Form) -> None:
    text, author = st.session_state[form.text_key], st.session_state[form.author_key]
    said = f"{_SAID}-{form.name}"
    if not author.strip():
        st.session_state[said] = ("warning", "Skriv vem som kommenterar.")
        return
    if not text.strip() and form.mended is None:
        st.session_state[said] = ("warning", "Skriv en kommentar.")
        return
    st.session_state[_AUTHOR] = author
    try:
        comments.add(
            indicator=form.key,
            place=form.place,
            period=form.period,
            text=text,
            author=author,
            replaces=form.mended.id if form.mended else None,
        )
        drafts.discard(form.about)
    except (WarehouseError, Refused) as error:
        st.session_state[said] = ("error", str(error))
        return
    del st.session_state[form.text_key]
    st.session_state[f"mended-{form.name}"] = None


def _signed(one: Remark) -> str:
    return f"{one.author}, {one.written_at:%Y-%m-%d %H:%M}"


def _short(one: Remark) -> str:
    return one.text if len(one.text) <= 60 else f"{one.text[:57]}…"
