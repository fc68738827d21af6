"""What the reader chooses and writes for a hand-out, kept by itself per area, kind and period."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from reports.content.sections import Section
from swedish.periods import period_name
from ui import drafts, layout
from warehouse.journal import drafts as journal

_MOST_EARLIER = 5


@dataclass
class Writing:
    """A hand-out while it is written: one draft holds all kinds and periods of an area.

    Its content: `kind` and `period` last worked on, `parts` by kind, and `texts` by kind and
    period, each by field.
    """

    kind: str
    area: str
    period: str
    _changed: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        # From the start: a field that changed its key while it is written in would be another.
        self._name = drafts.begin()
        draft = drafts.kept(self._about)
        self._begun = draft is not None
        before: Mapping[str, Any] = draft.content if draft else {}
        self._parts: dict[str, list[str]] = dict(before.get("parts", {}))
        self._texts: dict[str, dict[str, str]] = {
            key: dict(texts) for key, texts in before.get("texts", {}).items()
        }

    def offer_earlier(self) -> None:
        """Let the reader go on with a draft of the area, where none is begun here."""
        if self._begun:
            return
        earlier = journal.latest(about=self._about, most=_MOST_EARLIER)
        if not earlier:
            return
        with st.popover("Fortsätt på ett tidigare utkast", icon=":material/edit_note:"):
            for one in earlier:
                when = period_name(str(one.content["period"]))
                st.button(
                    f"{one.at:%Y-%m-%d %H:%M}, {when}, av {one.by}",
                    key=f"go-on-{one.name}",
                    on_click=self._go_on,
                    args=(one,),
                )

    def parts(self, sections: Mapping[str, Section]) -> tuple[str, ...]:
        """The parts of the hand-out that are chosen; all of them until some are taken away."""
        key = self._key("parts", self.kind)
        known = self._parts.get(self.kind, list(sections))
        _follow(key, [part for part in sections if part in known])
        chosen = st.pills(
            "Delar",
            list(sections),
            selection_mode="multi",
            format_func=lambda part: sections[part].title,
            key=key,
            wrap=True,
        )
        if len(chosen) < len(sections) or self.kind in self._parts:
            self._parts[self.kind] = list(chosen)
            self._changed = True
        return tuple(chosen)

    def text(self, name: str, label: str, proposed: str, *, height: int = 280) -> str:
        """A text of the hand-out, `proposed` until the reader writes another."""
        key = self._begin(name, proposed)
        written = st.text_area(label, height=height, key=key, on_change=self._at_once(name, key))
        return self._keep(name, written, proposed)

    def line(self, name: str, label: str) -> str:
        """A line of the hand-out's head, empty until the reader writes it."""
        key = self._begin(name, "")
        written = st.text_input(label, key=key, on_change=self._at_once(name, key))
        return self._keep(name, written, "")

    def _at_once(self, name: str, key: str) -> Callable[[], None]:
        """Keeps a text before the page is drawn anew: it may be drawn for another period or area,
        chosen before what was written had been kept.

        The other texts are as they are kept by then: another tab may have written in them."""

        def written() -> None:
            kept = Writing(kind=self.kind, area=self.area, period=self.period)
            kept._texts.setdefault(kept._where, {})[name] = st.session_state[key]
            drafts.keep(kept._about, kept._content)

        return written

    def _begin(self, name: str, proposed: str) -> str:
        """The key of a field, with what it shows: what is kept, and else what is proposed."""
        key = self._key("text", self._where, name)
        _follow(key, self._texts.get(self._where, {}).get(name, proposed))
        return key

    def _keep(self, name: str, written: str, proposed: str) -> str:
        mine = self._texts.get(self._where, {})
        if written != proposed or name in mine:
            self._texts[self._where] = {**mine, name: written}
            self._changed = True
        return written

    @property
    def _where(self) -> str:
        return f"{self.kind}-{self.period}"

    def keep(self) -> None:
        """Keep the draft where there is anything of the reader's own in it, and say so."""
        if not (self._changed or self._begun):
            return
        at = drafts.keep(self._about, self._content)
        if at is not None:
            layout.caption(
                f"Utkastet är sparat {at:%Y-%m-%d %H:%M}. Den som får sidans adress kan läsa det "
                "och skriva vidare i en egen kopia."
            )

    @property
    def _content(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "period": self.period,
            "parts": self._parts,
            "texts": self._texts,
        }

    @property
    def _about(self) -> str:
        return f"report-{self.area}"

    def _key(self, *parts: str) -> str:
        return "-".join(("draft", self._name, self.area, *parts))

    def _go_on(self, other: journal.Draft) -> None:
        drafts.go_on(other)


def _follow(key: str, kept: str | list[str]) -> None:
    """Let a field show what is kept, unless the reader has changed it since it last did.

    What nobody has written in follows the numbers so, when they change and when others are chosen:
    an old proposal left standing would be taken for the reader's own words. And what was written in
    another tab is not written over with what stood here before. What stands there already is not
    put there again: that would be in place of what is being written.
    """
    before = f"{key}-kept"
    stands = st.session_state.get(key)
    untouched = stands == st.session_state.get(before) and stands != kept
    if key not in st.session_state or untouched:
        st.session_state[key] = kept
    st.session_state[before] = kept
