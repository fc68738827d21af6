"""Numbers that are being looked into: shown beside their chart, listed, begun and closed."""

import datetime

import streamlit as st

import reference
from access.checks import Refused, may
from access.places import areas_of
from access.rights import Act
from metrics.catalogue import indicator
from swedish.periods import period_name
from ui import layout
from ui.drafts import Form
from ui.layout import plain
from views.neighbours import area_of
from warehouse.journal import investigations
from warehouse.journal.investigations import Investigation
from warehouse.store import WarehouseError

_WEEKS = datetime.timedelta(weeks=3)


def panel(key: str, *, place: str, period: str) -> None:
    """What of an indicator in a place is looked into, and where to begin or close that."""
    listed_here = investigations.of(key, place)
    for one in listed_here:
        st.info(plain(f"Under utredning, {said(one)}"), icon=":material/search:")
    if not may(Act.INVESTIGATE, areas=areas_of([place])):
        return
    name = f"{key}-{place}-{period}"
    due = str(datetime.date.today() + _WEEKS)
    new = Form(f"look-into-{name}", {"note": "", "owner": "", "due": due})
    closing = {one: Form(f"looked-into-{one.began}", {"note": ""}) for one in listed_here}
    begun = any(form.begun for form in (new, *closing.values()))
    with layout.on_demand("Under utredning", key=f"look-{name}", begun=begun) as is_open:
        if not is_open:
            return
        for one, form in closing.items():
            _closing(one, form)
        if not any(one.period == period for one in listed_here):
            _beginning(new, key, place=place, period=period)


def listed(place: str) -> None:
    """Everything in a place that is looked into; nothing where nothing is."""
    open_ones = [
        one
        for one in investigations.in_progress()
        if place in (reference.COUNTY, area_of(one.place), one.place)
    ]
    if not open_ones:
        return
    st.header("Under utredning", anchor=False)
    layout.points(
        [
            f"{indicator(one.indicator).name}, "
            f"{reference.place_name(reference.level_of(one.place), one.place)}, {said(one)}"
            for one in open_ones
        ],
        otherwise="",
    )


def said(one: Investigation) -> str:
    """What is looked into, by whom and until when, as a sentence goes on."""
    late = " (tiden har gått ut)" if one.due < datetime.date.today() else ""
    return (
        f"{period_name(one.period)}: {one.note.rstrip('.')}. Ansvarig: {one.owner}, klart "
        f"{one.due}{late}."
    )


def _beginning(form: Form, key: str, *, place: str, period: str) -> None:
    note = st.text_input("Vad utreds?", max_chars=300, **form.field("note"))
    owner = st.text_input("Ansvarig", max_chars=60, **form.field("owner"))
    # Streamlit's calendar is in English and cannot be told otherwise.
    due_text = st.text_input("Klart senast, år-månad-dag", max_chars=10, **form.field("due"))
    if not st.button("Börja utreda", key=f"begin-{key}-{place}-{period}"):
        return
    if not note.strip() or not owner.strip():
        st.warning("Skriv både vad som utreds och vem som ansvarar.", icon=":material/info:")
        return
    try:
        due = datetime.date.fromisoformat(due_text.strip())
    except ValueError:
        st.warning(
            plain(f"'{due_text}' är inget datum. Skriv det som {datetime.date.today()}."),
            icon=":material/info:",
        )
        return
    try:
        investigations.begin(
            indicator=key, place=place, period=period, owner=owner, due=due, note=note
        )
    except (WarehouseError, Refused) as error:
        st.error(plain(str(error)), icon=":material/error:")
    else:
        form.hand_in()
        st.rerun()


def _closing(one: Investigation, form: Form) -> None:
    note = st.text_input(
        f"Vad kom fram, {period_name(one.period)}?", max_chars=300, **form.field("note")
    )
    if not st.button("Avsluta utredningen", key=f"close-{one.began}"):
        return
    if not note.strip():
        st.warning("Skriv vad som kom fram.", icon=":material/info:")
        return
    try:
        investigations.close(one, note=note)
    except (WarehouseError, Refused) as error:
        st.error(plain(str(error)), icon=":material/error:")
    else:
        form.hand_in()
        st.rerun()
