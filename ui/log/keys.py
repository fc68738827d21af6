"""Keys for programs, as the one who may make them sees them: made, shown once, and revoked."""

from datetime import datetime

import pandas as pd
import streamlit as st

import reference
from access.checks import Refused, may
from access.rights import EVERY, Act
from charts.columns import TableColumn
from swedish import typography
from ui import layout
from ui.drafts import Form
from ui.layout import plain
from warehouse.journal import known, tokens
from warehouse.journal.tokens import Scope, Token
from warehouse.store import WarehouseError

WHAT = {
    Scope.READ: "läsa tal",
    Scope.DELIVER: "lämna filer",
    Scope.METRICS: "läsa mätvärden",
}
_COLUMNS = [
    TableColumn("id", "Nyckel"),
    TableColumn("name", "Till för"),
    TableColumn("what", "Får"),
    TableColumn("until", "Gäller"),
    TableColumn("by", "Gjord av"),
]
_USUAL_DAYS = 90


def section() -> None:
    """Show the keys that were made, with ways to make and revoke one; nothing without the right."""
    if not may(Act.TOKENS):
        return
    st.header("Nycklar för program", anchor=False)
    layout.finding(
        "Ett program på en annan dator läser talen, eller lämnar filer, med en nyckel. Den visas "
        "en gång, gäller en tid och kan återkallas."
    )
    made, now = tokens.made(), datetime.now()
    if made:
        rows = pd.DataFrame([_row(one, now) for one in made])
        layout.table(rows, _COLUMNS, caption=typography.plural(len(made), "nyckel", "nycklar"))
    with st.expander("Gör en nyckel", key="making-key"):
        _make()
    if living := [one for one in made if one.lives(now)]:
        with st.expander("Återkalla en nyckel", key="revoking-key"):
            _revoke(living)


def _row(one: Token, now: datetime) -> dict[str, str]:
    if one.revoked_at:
        until = f"återkallad {one.revoked_at:%Y-%m-%d}"
    else:
        until = f"{'till' if one.lives(now) else 'gick ut'} {one.expires_at:%Y-%m-%d}"
    what = typography.enumerate_words([WHAT[scope] for scope in one.scopes])
    if EVERY not in one.areas:
        areas = [reference.place_name("area", area) for area in one.areas]
        what = f"{what} för {typography.enumerate_words(areas)}"
    return {
        "id": one.id,
        "name": one.name,
        "what": what,
        "until": until,
        "by": known.shown(one.made_by),
    }


def _make() -> None:
    form = Form("key", {"name": "", "may": [], "areas": [], "days": _USUAL_DAYS})
    name = st.text_input("Vad den är till för", max_chars=60, **form.field("name"))
    scopes = st.multiselect(
        "Får", list(WHAT), format_func=lambda one: WHAT[Scope(one)], **form.field("may")
    )
    areas = st.multiselect(
        "Lämnar filer för områdena",
        [area.key for area in reference.areas()],
        format_func=lambda key: reference.place_name("area", key),
        placeholder="Alla",
        **form.field("areas"),
    )
    days = st.number_input(
        "Gäller i dagar", min_value=1, max_value=tokens.LONGEST, **form.field("days")
    )
    if not st.button("Gör nyckeln", key="key-make"):
        return
    if not name.strip() or not scopes:
        st.error("Skriv vad nyckeln är till för, och välj vad den får.", icon=":material/error:")
        return
    if areas and Scope.DELIVER not in scopes:
        st.error(
            "Områden gäller filer som lämnas; alla läser alla områden.", icon=":material/error:"
        )
        return
    try:
        made = tokens.make(name=name.strip(), scopes=scopes, areas=areas, days=int(days))
    except (WarehouseError, Refused) as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    form.hand_in()
    # Kept nowhere: at the next turn of the page it is gone.
    st.success("Spara nyckeln nu. Den visas inte igen.", icon=":material/key:")
    st.code(made, language=None)


def _revoke(living: list[Token]) -> None:
    names = {one.id: f"{one.name} ({one.id})" for one in living}
    chosen = st.selectbox(
        "Nyckel", list(names), format_func=names.__getitem__, index=None, key="key-revoked"
    )
    if st.button("Återkalla nyckeln", key="key-revoke") and chosen:
        try:
            tokens.revoke(chosen)
        except (WarehouseError, Refused, KeyError) as error:
            st.error(plain(str(error)), icon=":material/error:")
        else:
            st.rerun()
