"""A number answers for itself: by the code on a report's page, its numbers then and now."""

import re

import pandas as pd
import streamlit as st

import reference
from charts.columns import TableColumn
from reports.making import KINDS
from reports.manifest import Manifest
from swedish import typography
from swedish.periods import period_name
from ui import layout
from views.held import Answer, Held, compared
from warehouse.journal import shown_numbers
from warehouse.state import remembered

PARAMETER = "kod"
_CODE = re.compile(r"(?:SV-?)?([2-9A-HJ-NP-Z]{4})(?:-\d+)?")
_COLUMNS = (
    TableColumn("name", "Mått"),
    TableColumn("place", "Plats"),
    TableColumn("period", "Period", show=period_name),
    TableColumn("was", "I rapporten"),
    TableColumn("now", "Nu"),
)
_FILE = TableColumn("file", "Fil")


def asked() -> str:
    """The code that the address asks about; empty where it asks about none."""
    return st.query_params.get(PARAMETER, "")


def panel() -> None:
    """Let the reader ask by a code, opened where the address asks."""
    code = asked()
    with st.expander("Kontrollera en rapport", icon=":material/verified:", expanded=bool(code)):
        written = st.text_input(
            "Koden som står på sidan eller bilden", value=code, placeholder="SV-7K2M"
        )
        if written.strip():
            _answer(written)


def code_in(text: str) -> str:
    """`SV-7K2M` of `sv-7k2m-3`, with or without what is around it; empty where it is no code."""
    match = _CODE.fullmatch(text.strip().upper())
    return f"SV-{match[1]}" if match else ""


def _answer(written: str) -> None:
    code = code_in(written)
    if not code:
        st.warning("En kod ser ut som SV-7K2M. Den står längst ned på varje sida och bild.")
        return
    made = shown_numbers.found(code)
    if not made:
        st.warning(
            f"Ingen rapport med koden {code} har gjorts här. Har du filen svarar den själv: "
            "samverkan verify FIL."
        )
    for text in made:
        _shown(Manifest.read(text))


@remembered(6)
def _compared(shown: Manifest) -> list[Answer]:
    return compared(shown.numbers)


def _shown(shown: Manifest) -> None:
    place = reference.place_name(reference.level_of(shown.place), shown.place)
    answers = _compared(shown)
    changed = [one for one in answers if one.held is not Held.SAME]
    count = typography.plural(len(answers), "tal", "tal")
    held = (
        f"{len(changed)} av {count} har ändrats sedan dess."
        if changed
        else f"Alla {count} gäller än."
    )
    layout.finding(
        f"{KINDS[shown.kind].name}, {place}, {period_name(shown.period)}. Gjord {shown.made} av "
        f"dataversion {shown.version}. {held}"
    )
    if changed:
        layout.table(_rows(changed), _COLUMNS, caption="Tal som har ändrats")
    files = {source.load_id: source.file for source in shown.sources}
    if st.toggle("Visa alla tal i rapporten, med filerna de kom ur", key=f"all-{shown.digest}"):
        rows = _rows(answers)
        rows["file"] = [
            typography.enumerate_words([files[load] for load in one.loads if load in files])
            for one in shown.numbers
        ]
        layout.table(rows, (*_COLUMNS, _FILE), caption="Alla tal i rapporten")


def _rows(answers: list[Answer]) -> pd.DataFrame:
    columns = [column.key for column in _COLUMNS]
    return pd.DataFrame(
        [[getattr(one, key) for key in columns] for one in answers], columns=columns
    )
