"""The audit as a page shows it: filtered, saved as a table, and tried."""

import csv
import io
import re

import pandas as pd
import streamlit as st

import reference
from access.checks import Refused, require
from access.rights import Act
from charts.columns import TableColumn
from metrics.catalogue import indicators
from metrics.datasets import datasets
from reports.making import KINDS
from swedish import typography
from swedish.periods import period_name
from ui import layout
from ui.layout import plain
from warehouse.journal import audit, known
from warehouse.journal.audit import Line
from warehouse.store import WarehouseError

_SHOWN = 200
_PERIOD = re.compile(r"\d{4}-(\d\d|K\d)")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = [
    TableColumn("id", "Rad"),
    TableColumn("at", "När"),
    TableColumn("who", "Vem"),
    TableColumn("act", "Vad"),
    TableColumn("about", "Om"),
    TableColumn("origin", "Varifrån"),
]


def section() -> None:
    """Show the lines that are asked for, newest first, with a file of them and of their hashes."""
    require(Act.AUDIT)
    lines = audit.lines()
    wrong = list(audit.broken())
    if wrong:
        layout.titled("Loggen är inte hel")
        told = typography.enumerate_words([str(number) for number in wrong[:5]])
        st.error(
            f"Se rad {told}. En rad är ändrad, eller raden före saknas.",
            icon=":material/error:",
        )
    elif lines:
        layout.titled(f"Loggen är hel: {typography.plural(len(lines), 'rad', 'rader')}")
    else:
        layout.titled("Loggen är tom. Ingenting är gjort ännu.")
        return
    filtered = _filtered(lines)
    rows = [_row(line) | {"about": said(line.about)} for line in filtered[:_SHOWN]]
    layout.table(
        pd.DataFrame(rows, columns=[c.key for c in _COLUMNS]),
        _COLUMNS,
        caption=f"De {min(len(filtered), _SHOWN)} senaste av {len(filtered)}",
    )
    st.download_button(
        "Spara raderna",
        as_csv(filtered),
        file_name="logg.csv",
        mime="text/csv",
        key="log-saved",
        on_click="ignore",
        icon=":material/download:",
    )
    _forgetting()


def _filtered(lines: list[Line]) -> list[Line]:
    with st.container(horizontal=True):
        people = sorted({known.shown(line.who) for line in lines})
        who = st.selectbox("Vem", people, index=None, placeholder="Alla", key="log-who")
        acts = sorted({line.act for line in lines})
        act = st.selectbox("Vad", acts, index=None, placeholder="Allt", key="log-act")
        months = sorted({line.at[:7] for line in lines}, reverse=True)
        month = st.selectbox(
            "Månad",
            months,
            index=None,
            placeholder="Alla",
            format_func=period_name,
            key="log-month",
        )
    return [
        line
        for line in lines
        if (who is None or known.shown(line.who) == who)
        and (act is None or line.act == act)
        and (month is None or line.at.startswith(month))
    ]


def _row(line: Line) -> dict[str, str]:
    return {
        "id": str(line.id),
        "at": line.at,
        "who": known.shown(line.who),
        "act": line.act,
        "about": line.about,
        "origin": line.origin,
    }


def said(about: str) -> str:
    """What a line is about, with the names of what it has the keys of; the file has the keys."""
    keys, colon, reason = about.partition(": ")
    names = _names()
    shown = [
        period_name(key) if _PERIOD.fullmatch(key) else names.get(key, key)
        for key in keys.split(", ")
    ]
    return f"{', '.join(shown)}{colon}{reason}"


def _names() -> dict[str, str]:
    """What datasets, measures, reports and places are called, by their keys."""
    places = {place: reference.place_name(level, place) for level, place in reference.place_order()}
    measures = {key: one.name for key, one in indicators().items()}
    kept = {key: one.name for key, one in datasets().items()}
    return places | measures | kept | {key: kind.name for key, kind in KINDS.items()}


def as_csv(lines: list[Line]) -> bytes:
    """The lines with marks and hashes, as Swedish Excel opens them; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.head for column in _COLUMNS] + ["Märke", "Före", "Kontrollsumma"])
    for line in lines:
        cells = [*_row(line).values(), line.who, line.before, line.hash]
        writer.writerow([f"'{one}" if one.startswith(_FORMULAS) else one for one in cells])
    return text.getvalue().encode("utf-8-sig")


def _forgetting() -> None:
    """Let a person be forgotten: what they have done stands, under a mark that says nothing."""
    names = known.names()
    if not names:
        return
    with st.expander("Glöm en person", key="forgetting"):
        layout.finding(
            "Namnet tas bort överallt. Det som personen har gjort står kvar under ett märke, och "
            "loggen är hel. Det går inte att ångra; säkerhetskopior som gjorts förut har namnet."
        )
        mark = st.selectbox(
            "Person",
            sorted(names, key=names.__getitem__),
            format_func=names.__getitem__,
            index=None,
            key="forgotten",
        )
        if st.button("Glöm personen", key="forget") and mark:
            try:
                require(Act.AUDIT)
                known.forget(mark)
            except (WarehouseError, Refused, KeyError) as error:
                st.error(plain(str(error)), icon=":material/error:")
            else:
                st.rerun()
