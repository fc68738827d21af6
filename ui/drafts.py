"""What the reader has begun to write: kept by itself, and found by the name in the address."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from access.checks import Refused
from warehouse.journal import drafts
from warehouse.journal.drafts import Draft
from warehouse.store import WarehouseError

PARAMETER = "utkast"
_NAME = re.compile(r"[0-9a-f]{12}")


def name() -> str | None:
    """The name of the reader's drafts, from the address or from before; None where none is begun.

    A link with the name lets another read the same drafts, and go on in a copy of them.
    """
    asked = st.query_params.get(PARAMETER, "")
    if _NAME.fullmatch(asked):
        st.session_state[PARAMETER] = asked
    known: str | None = st.session_state.get(PARAMETER)
    if known is not None and asked != known:
        st.query_params[PARAMETER] = known
    return known


def begin() -> str:
    """The name of the reader's drafts, a new one where none is begun."""
    return name() or _begun()


def kept(about: str) -> Draft | None:
    """The reader's draft about something, None where there is none."""
    known = name()
    return None if known is None else drafts.kept(name=known, about=about)


def keep(about: str, content: Mapping[str, Any]) -> datetime | None:
    """Keep what the reader has written, unless it stands there already, and say since when.

    None where it could not be kept, which is said on the page.
    """
    before = kept(about)
    if before is not None and before.content == content:
        return before.at
    try:
        if before is not None and not before.may_change:
            shared = begin()
            drafts.copy(name=shared, to=_begun())
        return drafts.keep(name=begin(), about=about, content=content)
    except (WarehouseError, Refused) as error:
        st.error(f"Det du skriver sparas inte just nu. {error}", icon=":material/error:")
        return None


def go_on(other: Draft) -> None:
    """Go on with a draft that was begun before, here or by somebody else."""
    st.session_state[PARAMETER] = other.name
    st.query_params[PARAMETER] = other.name


def discard(about: str) -> None:
    """Forget a draft that has been handed in."""
    known = name()
    if known is not None:
        drafts.discard(name=known, about=about)


def _begun() -> str:
    new = secrets.token_hex(6)
    st.session_state[PARAMETER] = new
    st.query_params[PARAMETER] = new
    return new
