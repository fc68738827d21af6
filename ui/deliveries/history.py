"""The history of loads: who brought which file when, taking one back, getting a file again."""

from functools import partial

import pandas as pd
import streamlit as st

import pipeline
from access.rights import Act
from charts.columns import TableColumn
from metrics import loaded
from swedish.periods import period_name
from ui import layout
from ui.deliveries import changes, intake
from ui.deliveries.answers import tell, told
from ui.drafts import Form
from views.agreed import visible
from warehouse import archive, store
from warehouse.journal.purged import purged
from warehouse.loads import Load
from warehouse.state import remembered

_HERE = "history"
_COLUMNS = [
    TableColumn("number", "Nr"),
    TableColumn("when", "När"),
    TableColumn("who", "Vem"),
    TableColumn("file", "Fil"),
    TableColumn("periods", "Period"),
    TableColumn("rows", "Rader", 0),
    TableColumn("state", "Läge"),
]


def section() -> None:
    """Show every load, and what can be done with one of them."""
    loads = visible.told(loaded.loads())
    if not loads:
        layout.finding("Ingenting har lästs in ännu.")
        return
    layout.table(pd.DataFrame([_row(load) for load in loads]), _COLUMNS, caption="Inläsningar")
    by_number = {load.load_id: load for load in loads}
    chosen = st.selectbox(
        "Ta tillbaka en inläsning, eller hämta dess fil",
        list(by_number),
        index=None,
        placeholder="Välj en inläsning",
        format_func=lambda number: f"{number}: {by_number[number].file}",
        key="load",
    )
    told(_HERE)
    if chosen in by_number:
        _original(by_number[chosen])
        if by_number[chosen].withdrawn_at is None and pipeline.may(Act.WITHDRAW, chosen):
            _withdrawal(by_number[chosen])


def _row(load: Load) -> dict[str, object]:
    first, last = map(period_name, (load.first_period, load.last_period))
    return {
        "number": str(load.load_id),
        "when": f"{load.loaded_at:%Y-%m-%d %H:%M}",
        "who": load.loaded_by,
        "file": load.file,
        "periods": first if first == last else f"{first}–{last}",
        "rows": load.rows,
        "rows_status": "confidential" if load.rows is None else "ok",
        "state": _state(load),
    }


def _state(load: Load) -> str:
    if load.withdrawn_at is not None:
        when = f"{load.withdrawn_at:%Y-%m-%d %H:%M}"
        return f"Återtagen {when} av {load.withdrawn_by}: {load.withdrawn_reason}"
    return "Exempeldata" if load.demo else "Inläst"


def _original(load: Load) -> None:
    if not load.archived:
        layout.caption(
            "Originalfilen har en rad per person eller ärende. Sådana filer räknas vid inläsningen "
            "och sparas inte, så den kan inte laddas ner här. Filens kontrollsumma (SHA-256) är "
            f"{load.sha256}."
        )
    elif trace := purged().get(load.sha256):
        layout.caption(f"Originalfilen raderades {trace.at:%Y-%m-%d} av {trace.by}: {trace.reason}")
    elif not archive.sound(load.sha256):
        layout.caption("Originalfilen finns inte kvar i arkivet.")
    elif pipeline.may(Act.ORIGINAL, load.load_id):
        st.download_button(
            "Ladda ner originalfilen",
            partial(pipeline.original, load.load_id),
            file_name=intake.plain_name(load.file),
            mime="application/octet-stream",
            key=f"original-{load.load_id}",
            on_click="ignore",
            icon=":material/download:",
        )


def _withdrawal(load: Load) -> None:
    with st.expander(f"Ta tillbaka inläsning {load.load_id}", key=f"withdrawal-{load.load_id}"):
        try:
            preview = _preview(load.load_id)
        except (KeyError, store.WarehouseError):
            layout.finding("Det går inte att visa vad som skulle ändras just nu.")
        else:
            layout.finding("Det som inläsningen hade ersatt gäller igen.")
            changes.show(preview, key=f"withdraw-{load.load_id}")
        form = Form(f"withdraw-{load.load_id}", {"reason": ""})
        reason = st.text_input("Varför tas den tillbaka?", max_chars=200, **form.field("reason"))
        if not st.button("Ta tillbaka", key=f"withdraw-{load.load_id}"):
            return
        if not reason.strip():
            st.warning("Skriv varför inläsningen tas tillbaka.", icon=":material/info:")
            return
        with st.spinner("Tar tillbaka"):
            answer = intake.withdraw(load, reason=reason.strip())
        if answer.done:
            form.hand_in()
    tell([answer], at=_HERE)


@remembered(20)
def _preview(load_id: int) -> pipeline.Preview:
    """What withdrawing would change."""
    return pipeline.preview_withdrawal(load_id)
