"""The first part of the Data page: where files are dropped, and a list of them."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from access.checks import may
from access.rights import Act
from charts.columns import TableColumn
from ui import layout
from ui.deliveries.answers import tell, told
from ui.deliveries.file import (
    File,
    examined,
    keep,
    known,
    one,
    periods,
    publish,
    said,
    still_holds,
)
from ui.deliveries.intake import Answer, Examined, UploadState
from ui.layout import plain

_BOXED = "boxed"
_UNDECIDED = "undecided"
_LIST = [
    TableColumn("name", "Fil"),
    TableColumn("state", "Läge"),
    TableColumn("export", "Export"),
    TableColumn("periods", "Period"),
    TableColumn("rows", "Rader", 0),
    TableColumn("municipalities", "Kommuner", 0),
]


def section() -> None:
    """Show the box to drop files in, and what came of each file."""
    published = told()
    if not may(Act.CHECK):
        layout.finding("Du läser. Den som är dataförvaltare kontrollerar och publicerar filer.")
        return
    inside: Sequence[File] = st.file_uploader(
        "Släpp filer här, eller välj dem på datorn",
        accept_multiple_files=True,
        key="files",
        on_change=_taken_out,
    )
    layout.caption(
        "Excel (.xlsx, .xls), OpenDocument (.ods), text (.csv, .tsv, .txt) och statistik "
        "(JSON-stat, PX). En fil kontrolleras först; ingenting ändras förrän du publicerar den."
    )
    boxed = {file.file_id: file for file in inside}
    # Whoever follows a link as soon as a file is published has not had the page drawn since.
    undecided = {
        key: file
        for key, file in st.session_state.get(_UNDECIDED, {}).items()
        if _to_decide(known().get(key))
    }
    files = [*{**undecided, **boxed}.values()]
    st.session_state[_BOXED] = set(boxed)
    if not files:
        return
    found = _examine(files)
    looked_at = [(file, found[file.file_id]) for file in files if file.file_id in found]
    st.session_state[_UNDECIDED] = {
        file.file_id: file for file, what in looked_at if _to_decide(what)
    }
    described = [(file, what) for file, what in looked_at if isinstance(what, Examined)]
    for _, what in looked_at:
        if isinstance(what, Answer):
            st.error(what.text, icon=":material/error:")
    if len(described) > 1:
        _overview(described)
    for file, what in described:
        if what.state is UploadState.KNOWN and what.name in published:
            continue
        with st.container(border=True, key=f"file-{file.file_id}"):
            one(file, what)
            if file.file_id not in boxed:
                st.button(
                    "Lägg undan filen",
                    key=f"away-{file.file_id}",
                    on_click=st.session_state[_UNDECIDED].pop,
                    args=(file.file_id, None),
                )


def _to_decide(what: Examined | Answer | None) -> bool:
    """Whether there is anything to do with a file, so that it stays when its reader looks at
    another page; what holds persons never does."""
    done = (UploadState.KNOWN, UploadState.PERSONS, UploadState.REFUSED)
    return isinstance(what, Examined) and what.state not in done


def _taken_out() -> None:
    """Forget what was taken out of the box; another page empties it without this being called."""
    inside = {file.file_id for file in st.session_state["files"]}
    for gone in st.session_state.get(_BOXED, set()) - inside:
        st.session_state.get(_UNDECIDED, {}).pop(gone, None)


def _examine(files: Sequence[File]) -> dict[str, Examined | Answer]:
    """What is known of each file, checking those that are new or that the warehouse has passed."""
    kept = known()
    current: dict[str, Examined | Answer] = {
        file.file_id: what
        for file in files
        if isinstance(what := kept.get(file.file_id), Examined) and still_holds(file, what)
    }
    keep(current)
    waiting = [file for file in files if file.file_id not in current]
    if waiting:
        bar = st.progress(0.0)
        for number, file in enumerate(waiting):
            text = f"Kontrollerar {number + 1} av {len(waiting)}: {plain(file.name)}"
            bar.progress(number / len(waiting), text=text)
            current[file.file_id] = examined(file)
        bar.empty()
    return current


def _overview(described: Sequence[tuple[File, Examined]]) -> None:
    rows = [
        {
            "name": what.name,
            "state": said(what.state),
            "export": what.export or "",
            "periods": periods(what),
            "rows": what.rows or None,
            "municipalities": what.municipalities or None,
        }
        for _, what in described
    ]
    layout.table(pd.DataFrame(rows), _LIST, caption=f"{len(rows)} filer")
    ready = [(file, what) for file, what in described if what.state is UploadState.READY]
    if len(ready) > 1 and st.button(
        f"Publicera de {len(ready)} filer som är klara", type="primary", key="publish-ready"
    ):
        with st.spinner("Publicerar"):
            # Nothing is drawn meanwhile, so closing the page cannot stop a file half-way.
            answers = [publish(file, what) for file, what in ready]
        tell(answers)
