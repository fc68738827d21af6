"""What the reader has begun to write: kept by itself, and found by the name in the address."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypedDict

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


class Field(TypedDict):
    """What makes a widget a field of a form."""

    key: str
    on_change: Callable[[], None]


@dataclass(frozen=True)
class Form:
    """Fields that are kept as soon as each is left, and stand there again until they are handed in.

    After another page and a reload too. `first` is what each field has before anybody has written.
    """

    about: str
    first: Mapping[str, Any]

    @property
    def begun(self) -> Draft | None:
        """What the reader has written in it; None where it stands as it did first."""
        return kept(self.about)

    def field(self, name: str, *, among: Sequence[Any] | None = None) -> Field:
        """What a widget is given to be the field called `name`, which is `among` these if any."""
        key = self._key(name)
        if key not in st.session_state:
            begun = self.begun
            value = begun.content.get(name, self.first[name]) if begun else self.first[name]
            known = among is None or value in among
            st.session_state[key] = value if known else self.first[name]
        return Field(key=key, on_change=partial(self._keep, name))

    def __getitem__(self, name: str) -> Any:
        """What stands in a field that has been shown."""
        return st.session_state[self._key(name)]

    def hand_in(self) -> None:
        """Forget what was written: the fields stand as they did first."""
        discard(self.about)
        st.session_state[self._handed_in] = self._times + 1

    def _keep(self, name: str) -> None:
        begun = self.begun
        before = {**self.first, **(begun.content if begun else {})}
        content = {**before, name: st.session_state[self._key(name)]}
        if content == dict(self.first):
            discard(self.about)
        else:
            keep(self.about, content)

    @property
    def _handed_in(self) -> str:
        return f"handed-in-{self.about}"

    @property
    def _times(self) -> int:
        return int(st.session_state.get(self._handed_in, 0))

    def _key(self, name: str) -> str:
        # Another after each time: what a widget shows cannot be emptied once it stands there.
        return f"draft-{self.about}-{self._times}-{name}"


def _begun() -> str:
    new = secrets.token_hex(6)
    st.session_state[PARAMETER] = new
    st.query_params[PARAMETER] = new
    return new
