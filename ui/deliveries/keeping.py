"""Going back to a version, and keeping copies: undo, backup, restore, verify and repair."""

from functools import partial
from pathlib import Path

import streamlit as st

from access.checks import Refused, may, require
from access.rights import Act
from machine import unexpected
from metrics.disclosure.text import certified
from pipeline import attacking, going_back, repairing, verifying
from ui import layout
from ui.deliveries.answers import tell, told
from ui.deliveries.intake import Answer
from ui.drafts import Form
from ui.layout import plain
from views import tried
from warehouse import store
from warehouse.journal import audit
from warehouse.keeping import backup

# A larger one is fetched where it lies: a download is held in memory.
_DOWNLOADED = 200_000_000
_TRIED = "verified"


def section() -> None:
    """Let whoever may do so go back, keep a copy, and have everything tried."""
    if not may(Act.KEEP):
        return
    with st.expander("Gå tillbaka till en äldre version", key="going-back"):
        _undo()
    with st.expander("Säkerhetskopior", key="backups"):
        _backups()
    with st.expander("Pröva att allt är helt", key="verifying"):
        _verify()
    with st.expander("Går något dolt tal att räkna ut?", key="attacking"):
        _attack()


def _undo() -> None:
    kept = [
        number
        for number in reversed(store.versions())
        if number != store.version() and store.readable(number)
    ]
    if not kept:
        layout.finding("Det finns ingen äldre version ännu.")
        return
    layout.finding(
        "Det som gällde då gäller igen, som en ny version. Ingen version försvinner, så det går "
        "att ångra. Under Jämför två versioner syns vad som skiljer."
    )
    form = Form("undo", {"version": None, "reason": ""})
    number = st.selectbox(
        "Version",
        kept,
        placeholder="Välj en version",
        format_func=store.described,
        **form.field("version", among=kept),
    )
    reason = st.text_input("Varför?", max_chars=200, **form.field("reason"))
    pressed = st.button("Gå tillbaka", key="undo")
    told("undo")
    if not pressed:
        return
    if number is None or not reason.strip():
        st.warning("Välj en version, och skriv varför.", icon=":material/info:")
        return
    with st.spinner("Går tillbaka"):
        answer = _gone_back(number, reason.strip())
    if answer.done:
        form.hand_in()
    tell([answer], at="undo")


def _gone_back(number: int, reason: str) -> Answer:
    try:
        done = going_back.undo(number, reason=reason)
    except KeyError:
        return Answer(False, f"Version {number} går inte att läsa. Ingenting har ändrats.")
    except (store.WarehouseError, Refused) as error:
        return Answer(False, str(error))
    return Answer(
        True, f"Det som gällde i version {number} gäller igen, som version {done.version}."
    )


def _backups() -> None:
    layout.finding(
        "En säkerhetskopia har allt utom filer som väntar på beslut. Den läggs i "
        f"{backup.folder()}; spara den också på en annan disk."
    )
    if st.button("Gör en säkerhetskopia", key="backup"):
        with st.spinner("Gör en säkerhetskopia"):
            answer = _made()
        tell([answer], at="backup")
    told("backup")
    made = backup.made()
    if not made:
        return
    chosen = st.selectbox("Säkerhetskopia", made, format_func=backup.described, key="backup-chosen")
    if chosen.stat().st_size <= _DOWNLOADED:
        st.download_button(
            "Ladda ner den",
            partial(_bytes, chosen),
            file_name=chosen.name,
            mime="application/zip",
            key=f"backup-{chosen.name}",
            on_click="ignore",
            icon=":material/download:",
        )
    _restore(chosen)


def _bytes(chosen: Path) -> bytes:
    """A backup has all that there is, so that fetching one is an act of its own."""
    require(Act.KEEP)
    content = chosen.read_bytes()
    audit.record(audit.EventKind.COPY, f"{chosen.name}, hämtad")
    return content


def _restore(chosen: Path) -> None:
    form = Form("restore", {"reason": ""})
    reason = st.text_input("Varför ska den återställas?", max_chars=200, **form.field("reason"))
    pressed = st.button("Återställ den", key="restore")
    told("restore")
    if not pressed:
        return
    if not reason.strip():
        st.warning("Skriv varför.", icon=":material/info:")
        return
    with st.spinner("Återställer"):
        answer = _restored(chosen, reason.strip())
    if answer.done:
        form.hand_in()
    tell([answer], at="restore")


def _made() -> Answer:
    try:
        path = backup.default_path()
        backup.make(path)
    except (store.WarehouseError, Refused) as error:
        return Answer(False, str(error))
    return Answer(True, f"Säkerhetskopian {path.name} är gjord.")


def _restored(source: Path, reason: str) -> Answer:
    try:
        done = going_back.restore(source, reason=reason)
    except KeyError:
        return Answer(False, f"{source.name} har ingen version att återställa.")
    except (store.WarehouseError, Refused) as error:
        return Answer(False, str(error))
    brought = f" Lades tillbaka: {'; '.join(done.brought)}." if done.brought else ""
    return Answer(True, f"{source.name} är återställd som version {done.version}.{brought}")


def _verify() -> None:
    told("verifying")
    layout.finding("Prövar varje fil mot sin kontrollsumma, och värdena mot uppgifterna.")
    layout.finding(tried.recalculated())
    if not st.button("Pröva allt", key="verify") and not st.session_state.get(_TRIED):
        return
    st.session_state[_TRIED] = True
    with st.spinner("Prövar"):
        for finding in verifying.verify(proofs=False):
            (layout.finding if finding.sound else _wrong)(finding.text)
    try:
        steps = repairing.steps()
    except store.WarehouseError as error:
        _wrong(str(error))
        return
    if not steps:
        return
    for step in steps:
        layout.finding(step.told)
    if st.button("Laga", key="repair"):
        st.session_state.pop(_TRIED)
        with st.spinner("Lagar"):
            answer = _repaired(steps)
        tell([answer], at="verifying")


def _attack() -> None:
    """The newest certificate of the version in force, and the way to make a new one."""
    try:
        layout.finding(tried.told())
        if not st.button("Pröva nu", key="attack"):
            return
        with st.spinner("Prövar; det tar omkring en sekund per månad"):
            _, made = attacking.attack()
    except store.WarehouseError as error:
        _wrong(str(error))
        return
    if made is not None:
        layout.finding(certified(made))


def _repaired(steps: list[repairing.Repair]) -> Answer:
    try:
        repairing.repair(steps)
    except (store.WarehouseError, Refused) as error:
        return Answer(False, str(error))
    # A step that fails half-way leaves what it has not done, which the page then offers again.
    except Exception as error:
        return Answer(False, unexpected.told(error))
    return Answer(True, "Det som var trasigt är lagat.")


def _wrong(text: str) -> None:
    st.error(plain(text), icon=":material/error:")
