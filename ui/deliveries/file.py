"""One file on the Data page: what checking it found, what to confirm, and publishing it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Protocol

import pandas as pd
import streamlit as st

import pipeline
import reference
from access.checks import Refused
from charts.columns import TableColumn
from loaders.problems import KINDS, Severity, grouped
from settings import SettingsError
from swedish import typography
from swedish.periods import period_name
from ui import layout
from ui.deliveries import changes, headings, intake, questions
from ui.deliveries.answers import tell
from ui.deliveries.intake import Answer, Examined, UploadState
from ui.drafts import Form
from ui.layout import plain
from warehouse import store

_EXAMINED = "examined"
_SHOWN = 100
_ICONS: Mapping[UploadState, str] = {
    UploadState.READY: "✓",
    UploadState.KNOWN: "✓",
    UploadState.WARNINGS: "!",
    UploadState.FAULTS: "✗",
    UploadState.UNKNOWN: "?",
    UploadState.REFUSED: "✗",
    UploadState.PERSONS: "✗",
    UploadState.OTHERS: "–",
}
_WORDS = {Severity.ERROR: "✗ Fel", Severity.WARNING: "! Varning"}
_FAULTS = [
    TableColumn("kind", "Allvar"),
    TableColumn("sheet", "Blad"),
    TableColumn("cells", "Cell"),
    TableColumn("column", "Kolumn"),
    TableColumn("value", "Står nu"),
    TableColumn("message", "Vad som är fel"),
    TableColumn("advice", "Gör så här"),
]


class File(Protocol):
    """A file that was dropped on the page, or one like it."""

    @property
    def file_id(self) -> str:
        """What tells it from other files."""

    @property
    def name(self) -> str:
        """What it was called, which may be anything."""

    def getvalue(self) -> bytes:
        """Its content."""

    def getbuffer(self) -> memoryview:
        """Its content."""


def known() -> dict[str, Examined | Answer]:
    """What has been found of each file that the reader has dropped, by its id."""
    found: dict[str, Examined | Answer] = st.session_state.setdefault(_EXAMINED, {})
    return found


def keep(current: dict[str, Examined | Answer]) -> None:
    """Keep what has been found of each file, and of no other."""
    st.session_state[_EXAMINED] = current


def publish(file: File, what: Examined, *, reason: str = "") -> Answer:
    """Publish a file as it was agreed to; what is in force then is not checked once more."""
    answer = intake.publish(
        file.name,
        file.getbuffer(),
        seen=what,
        replace_finer=_replaces(file),
        reason=reason,
    )
    if answer.version is not None:
        known()[file.file_id] = replace(
            what, state=UploadState.KNOWN, version=answer.version, problems=()
        )
    return answer


def still_holds(file: File, what: Examined) -> bool:
    """Whether what was found is of the version in force, and of what the reader chose and may."""
    return (
        what.version == store.version()
        and what.told_right
        and what.replace_finer == _replaces(file)
        and what.covers == _covers(file)
        and what.answers == questions.given(file.file_id)
    )


def examined(file: File) -> Examined | Answer:
    """What checking the file found, or why it could not be checked."""
    try:
        return intake.examine(
            file.name,
            file.getbuffer(),
            replace_finer=_replaces(file),
            covers=_covers(file),
            answers=questions.given(file.file_id),
        )
    except (store.WarehouseError, SettingsError, Refused) as error:
        return Answer(False, str(error))
    except pipeline.NO_ROOM:
        return Answer(
            False,
            f"{plain(file.name)} gick inte att kontrollera: den är för stor för datorns minne.",
        )


def _replaces(file: File) -> bool:
    return bool(st.session_state.get(f"finer-{file.file_id}"))


def _covers(file: File) -> tuple[str, ...]:
    return tuple(st.session_state.get(f"covers-{file.file_id}") or ())


def one(file: File, what: Examined) -> None:
    """Show what was found in a file, and let the reader publish it."""
    st.subheader(f"{said(what.state)}: {plain(what.name)}", anchor=False)
    layout.finding(_description(what))
    for sentence in what.receipt:
        layout.finding(sentence)
    questions.told(file.file_id)
    _faults(file, what)
    if what.questions and questions.ask(what.questions, key=file.file_id):
        known().pop(file.file_id, None)
        tell([Answer(True, "Svaren är sparade, och filen är läst på nytt.")])
    if what.proposals and headings.ask(what.proposals, name=what.name, key=file.file_id):
        known().pop(file.file_id, None)
        tell([Answer(True, "Profilen är sparad, och filen är läst på nytt.")])
    if what.preview is None or what.state is UploadState.KNOWN:
        return
    if what.by_area:
        _areas(file, what)
    changes.show(what.preview, key=file.file_id)
    _publishing(file, what)


def _areas(file: File, what: Examined) -> None:
    """Which whole areas the file is of: what it seems to cover, unless the user says otherwise."""
    if what.coverage:
        layout.finding(what.coverage)
    names = {area.key: area.name for area in reference.areas()}
    st.multiselect(
        "Områden som filen täcker helt",
        list(names),
        format_func=lambda key: names[key],
        key=f"covers-{file.file_id}",
        placeholder="Välj bara om bedömningen inte stämmer",
        filter_mode=None,
        select_all=False,
        width=480,
    )


def said(state: UploadState) -> str:
    """The state in words, with its sign."""
    return f"{_ICONS[state]} {state}"


def periods(what: Examined) -> str:
    """From when to when the file is; empty where that is not known."""
    if what.first_period is None or what.last_period is None:
        return ""
    first, last = map(period_name, (what.first_period, what.last_period))
    return first if first == last else f"{first}–{last}"


def _description(what: Examined) -> str:
    if what.state is UploadState.PERSONS:
        return "Hela filen avvisas, och ingenting i den sparas. Läs nedan var det står."
    if what.state in (UploadState.UNKNOWN, UploadState.REFUSED):
        return "Filen publiceras inte. Läs nedan vad som är fel."
    parts = [f"{what.export}."]
    if what.rows:
        rows = typography.plural(what.rows, "rad", "rader")
        places = typography.plural(what.municipalities, "kommun", "kommuner")
        told = [rows, *([places] if what.municipalities else []), periods(what)]
        parts.append(f"{', '.join(told)}.")
    if len(what.sheets) > 1:
        parts.append(f"Blad: {typography.enumerate_words(list(what.sheets))}.")
    if what.state is UploadState.KNOWN:
        parts.append("Samma fil gäller redan, så det finns inget att publicera.")
    elif what.state is UploadState.OTHERS:
        parts.append(
            "Den har uppgifter eller områden som du inte är dataförvaltare för, så du kan inte "
            "publicera den."
        )
    elif what.state is UploadState.FAULTS:
        parts.append("Ingenting publiceras förrän felen är rättade.")
    return " ".join(parts)


def _faults(file: File, what: Examined) -> None:
    faults = [problem for problem in what.problems if problem.code != "question"]
    if not faults:
        return
    groups = grouped(faults)
    rows = [
        {
            "kind": _WORDS[fault.severity],
            "sheet": fault.sheet,
            "cells": fault.cells,
            "column": fault.column,
            "value": fault.value,
            "message": fault.message,
            "advice": fault.advice,
        }
        for fault in groups[:_SHOWN]
    ]
    filled = [c for c in _FAULTS if any(row[c.key] for row in rows)]
    with st.container(key=f"faults-{file.file_id}"):
        layout.table(pd.DataFrame(rows), filled, caption=_counted(what, len(groups)))
    if what.markable:
        st.download_button(
            "Ladda ner filen med felen markerade",
            partial(intake.marked_workbook, file.name, file.getvalue(), what.answers),
            file_name=f"{intake.plain_name(what.name).rpartition('.')[0]} - fel att rätta.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"marked-{file.file_id}",
            on_click="ignore",
            icon=":material/download:",
        )


def _counted(what: Examined, groups: int) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in what.problems)
    warnings = len(what.problems) - errors
    parts = [typography.plural(errors, "fel", "fel")] if errors else []
    parts += [typography.plural(warnings, "varning", "varningar")] if warnings else []
    more = f"; de första {_SHOWN} visas här, alla i den markerade filen" if groups > _SHOWN else ""
    return " och ".join(parts) + more


def _publishing(file: File, what: Examined) -> None:
    if what.coarser:
        st.checkbox(
            "Låt filen ersätta de finare uppgifter som redan finns",
            key=f"finer-{file.file_id}",
        )
    codes = dict.fromkeys(problem.code for problem in what.to_confirm)
    confirmed = [
        st.checkbox(
            f"Jag har kontrollerat: {KINDS[code].title.lower()}", key=f"{code}-{file.file_id}"
        )
        for code in codes
    ]
    reason, form = "", Form(f"reopen-{what.name}", {"reason": ""})
    if what.preview is not None and what.preview.opens:
        st.warning(plain(what.preview.opens), icon=":material/lock_open:")
        reason = st.text_input("Varför ändras det?", max_chars=200, **form.field("reason"))
    # Not disabled until all is confirmed: a disabled button cannot say what it waits for.
    if not st.button("Publicera", type="primary", key=f"publish-{file.file_id}"):
        return
    if not all(confirmed):
        st.warning("Bekräfta varningarna ovanför knappen först.", icon=":material/info:")
        return
    with st.spinner("Publicerar"):
        # Nothing is drawn meanwhile, so closing the page cannot stop it half-way.
        answer = publish(file, what, reason=reason)
    if answer.done:
        form.hand_in()
    tell([answer])
