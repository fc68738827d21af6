"""Files fetched from sources: what came, what waits for a decision, which source did not answer."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from access.checks import Refused, may, require
from access.rights import Act
from charts.columns import TableColumn
from settings import SettingsError
from sources import pull
from sources.declaration import Source, sources
from swedish import typography
from ui import layout
from ui.deliveries import file as one_file
from ui.deliveries.answers import tell
from ui.deliveries.intake import Answer, Examined
from ui.layout import plain
from warehouse import store
from warehouse.journal import arrivals, audit, known
from warehouse.journal.arrivals import Arrival, ArrivalState, LastAnswer

_SHOWN = 20
_EXAMINED = "waiting-examined"
_SOURCES = [
    TableColumn("name", "Källa"),
    TableColumn("where", "Var"),
    TableColumn("when", "Senast tillfrågad"),
    TableColumn("answer", "Svar"),
]
_CAME = [
    TableColumn("when", "När"),
    TableColumn("source", "Källa"),
    TableColumn("name", "Fil"),
    TableColumn("state", "Läge"),
    TableColumn("told", "Om filen"),
]
_STATES = {
    ArrivalState.PUBLISHED: "✓ Publicerad",
    ArrivalState.KNOWN: "✓ Redan inläst",
    ArrivalState.WAITING: "! Väntar på beslut",
    ArrivalState.FAULTY: "✗ Har fel",
    ArrivalState.SET_ASIDE: "Lagd åt sidan",
}


@dataclass(frozen=True)
class _Inboxed:
    """A waiting file, to be shown as one that was dropped on the page."""

    file_id: str
    name: str
    path: Path

    def getvalue(self) -> bytes:
        return self.path.read_bytes()

    def getbuffer(self) -> memoryview:
        return memoryview(self.getvalue())


def section() -> None:
    """Show the sources, what came from them, and let the reader decide of what waits."""
    try:
        declared = sources()
        pull.settle()
        came, answers = arrivals.latest(), arrivals.answers()
    except (SettingsError, store.WarehouseError) as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    if not declared and not came:
        layout.finding("Inga källor är angivna. De anges i filen sources.toml i datamappen.")
        return
    layout.finding(_finding(declared, came, answers))
    if declared:
        rows = [_source(source, answers.get(source.name)) for source in declared]
        layout.table(pd.DataFrame(rows), _SOURCES, caption="Källor")
    if came and may(Act.CHECK):
        with st.expander("Visa vad som har kommit", key="came"):
            rows = [_came(arrival) for arrival in came[:_SHOWN]]
            layout.table(pd.DataFrame(rows), _CAME, caption="Hämtade filer, senast först")
    if may(Act.CHECK):
        _decisions()


def _finding(
    declared: tuple[Source, ...], came: tuple[Arrival, ...], answers: dict[str, LastAnswer]
) -> str:
    waiting = sum(arrival.state is ArrivalState.WAITING for arrival in came)
    silent = [s.name for s in declared if s.name in answers and answers[s.name].trouble]
    parts = []
    if silent:
        parts.append(f"{typography.enumerate_words(silent)} svarade inte som väntat.")
    parts.append(
        f"{typography.plural(waiting, 'fil väntar', 'filer väntar')} på beslut."
        if waiting
        else "Ingen fil väntar på beslut."
    )
    return " ".join(parts)


def _source(source: Source, answer: LastAnswer | None) -> dict[str, str]:
    if answer is None:
        return {"name": source.name, "where": source.where, "when": "", "answer": "Inte än"}
    said = f"✗ {answer.trouble}" if answer.trouble else "✓ Svarade"
    when = f"{answer.at:%Y-%m-%d %H:%M}"
    return {"name": source.name, "where": source.where, "when": when, "answer": said}


def _came(arrival: Arrival) -> dict[str, str]:
    return {
        "when": f"{arrival.at:%Y-%m-%d %H:%M}",
        "source": arrival.source,
        "name": arrival.name,
        "state": _STATES[arrival.state],
        "told": f"Av {known.shown(arrival.by)}."
        if arrival.state is ArrivalState.SET_ASIDE
        else arrival.told,
    }


def _decisions() -> None:
    waiting = {arrival.sha256: arrival for arrival in pull.waiting()}
    if not waiting:
        return
    chosen = st.selectbox(
        "Filer som väntar på beslut",
        list(waiting),
        index=None,
        placeholder="Välj en fil",
        format_func=lambda key: f"{waiting[key].name} från {waiting[key].source}",
        key="waiting",
    )
    if chosen not in waiting:
        return
    arrival = waiting[chosen]
    file = _Inboxed(f"inbox-{chosen}", arrival.name, pull.inboxed(arrival))
    with st.container(border=True, key=f"file-{file.file_id}"):
        what = _examined(file)
        if isinstance(what, Answer):
            st.error(what.text, icon=":material/error:")
        elif what.own:
            one_file.one(file, what)
        if not _is_own(what):
            layout.finding(
                "Filen har uppgifter eller områden som du inte är dataförvaltare för, eller går "
                "inte att läsa. Den visas för dem som får publicera den."
            )
        elif st.button("Lägg åt sidan", key=f"aside-{chosen}"):
            tell([_set_aside(arrival, what)])


def _examined(file: _Inboxed) -> Examined | Answer:
    """What is known of the file, checked anew when the warehouse or a choice is another."""
    kept = st.session_state.get(_EXAMINED)
    if isinstance(kept, tuple) and kept[0] == file and one_file.still_holds(file, kept[1]):
        known: Examined = kept[1]
        return known
    with st.spinner("Kontrollerar"):
        what = one_file.examined(file)
    st.session_state[_EXAMINED] = (file, what) if isinstance(what, Examined) else None
    return what


def _is_own(what: Examined | Answer) -> bool:
    """Whether who is at work may decide of a file; of one that could not be read, as of any."""
    return what.own if isinstance(what, Examined) else may(Act.PUBLISH)


def _set_aside(arrival: Arrival, what: Examined | Answer) -> Answer:
    try:
        if isinstance(what, Examined):
            require(Act.PUBLISH, dataset=what.dataset, areas=what.areas)
        else:
            require(Act.PUBLISH)
        pull.decided(arrival, ArrivalState.SET_ASIDE, told="")
        audit.record(audit.EventKind.SET_ASIDE, f"{arrival.name} från {arrival.source}")
    except (store.WarehouseError, Refused) as error:
        return Answer(False, str(error))
    return Answer(True, f"{arrival.name} är lagd åt sidan och kommer inte tillbaka.")
