"""How far the periods of the areas have come, and where a reviewer says what they think of one."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

import reference
from access.checks import Refused, may
from access.rights import Act
from charts.columns import TableColumn
from metrics import values
from metrics.datasets import name_of
from swedish.periods import period_name
from ui import layout
from ui.deliveries import changes
from ui.drafts import Form
from ui.layout import plain
from views.agreed import approval, changed
from views.agreed.approval import ApprovalState, Standing
from views.neighbours import area_of
from warehouse.journal import agreements
from warehouse.journal.agreements import ApprovalStep, TooLate
from warehouse.store import WarehouseError

_STANDINGS = [TableColumn("area", "Område"), TableColumn("state", "Läge")]
_SAID = "agreed-said"


def mark(dataset: str, *, place: str, period: str) -> None:
    """Say that what the page shows is preliminary, where it is."""
    told = approval.preliminary(dataset=dataset, period=period, area=area_of(place))
    if told:
        with st.container(key="preliminary"):
            st.info(told, icon=":material/hourglass_top:")


def section() -> None:
    """Show how far every area has come, and one of them to say something of."""
    known = approval.agreed_on()
    if not known:
        layout.titled("Granskning: ingenting är levererat ännu")
        return
    head = st.container()
    with st.container(horizontal=True):
        dataset = st.selectbox(
            "Uppgifter", known, format_func=name_of, key="agreed-dataset", width=320
        )
        periods = values.periods(dataset)[::-1]
        period = st.selectbox(
            "Period", periods, format_func=period_name, key="agreed-period", width=200
        )
    standings = approval.standings(dataset=dataset, period=period)
    with head:
        layout.titled(_counted(standings))
    rows = [{"area": _name(one), "state": one.sentence} for one in standings]
    layout.table(pd.DataFrame(rows), _STANDINGS, caption=f"Läget, {period_name(period)}")
    _review([one for one in standings if _mine(one)])


def _counted(standings: Sequence[Standing]) -> str:
    done = sum(one.state is ApprovalState.ESTABLISHED for one in standings)
    return f"Granskning: {done} av {len(standings)} områden är fastställda"


def _name(one: Standing) -> str:
    return reference.place_name("area", one.about.area)


def _mine(one: Standing) -> bool:
    return one.state is not ApprovalState.NOTHING and (
        _may(Act.REVIEW, one) or _may(Act.ESTABLISH, one)
    )


def _may(act: Act, one: Standing) -> bool:
    return may(act, dataset=one.about.dataset, areas=[one.about.area])


def _review(mine: Sequence[Standing]) -> None:
    if not mine:
        return
    st.header("Granska", anchor=False)
    # By key: the standing that was chosen a moment ago is not the one that holds now.
    offered = {one.about.area: one for one in mine}
    area = st.selectbox(
        "Område",
        offered,
        format_func=lambda key: reference.place_name("area", key),
        key="agreed-area",
        width=320,
    )
    chosen = offered[area]
    kind, told = st.session_state.pop(_SAID, ("", ""))
    if told:
        (st.success if kind == "done" else st.error)(plain(told))
    layout.finding(chosen.sentence)
    _seen(chosen)
    _answer(chosen)


def _seen(chosen: Standing) -> None:
    """What there is to look at before anything is said."""
    about = chosen.about
    st.subheader("Levererat", anchor=False)
    for one in approval.deliveries(about):
        layout.finding(
            f"{one.load.file}, inläst {one.load.loaded_at:%Y-%m-%d %H:%M} av {one.load.loaded_by}."
        )
        if one.load.read_as:
            with st.expander("Läskvitto", key=f"receipt-{one.load.load_id}"):
                layout.points(one.load.read_as, otherwise="")
    st.subheader("Ändrat", anchor=False)
    otherwise = changed.changed(about)
    layout.finding(otherwise.sentence)
    if otherwise.values:
        changes.values(otherwise.values)
    st.subheader("Saknas", anchor=False)
    layout.points(approval.absent(about), otherwise="Ingen kommun saknas.")
    st.subheader("Signaler", anchor=False)
    told = approval.signals(about)
    layout.points(told.sentences, otherwise=told.otherwise)
    if chosen.said:
        with st.expander("Vad som har sagts", key="agreed-history"):
            layout.points(
                [
                    f"{one.step.capitalize()} {one.at:%Y-%m-%d %H:%M} av {one.by}"
                    + (f": {one.reason}" if one.reason else "")
                    for one in chosen.said
                ],
                otherwise="",
            )


def _answer(chosen: Standing) -> None:
    about = chosen.about
    form = Form(f"agreed-{about.dataset}-{about.area}-{about.period}", {"reason": ""})
    st.text_input("Orsak, om du skickar tillbaka", max_chars=300, width=640, **form.field("reason"))
    with st.container(horizontal=True):
        if _may(Act.REVIEW, chosen):
            if chosen.state in (ApprovalState.DELIVERED, ApprovalState.SENT_BACK) and st.button(
                "Granskad", type="primary", key="agreed-reviewed"
            ):
                _say(ApprovalStep.REVIEWED, chosen, form)
            if st.button("Skicka tillbaka", key="agreed-back"):
                _say(ApprovalStep.SENT_BACK, chosen, form)
        if (
            _may(Act.ESTABLISH, chosen)
            and chosen.state is ApprovalState.REVIEWED
            and st.button("Fastställ", type="primary", key="agreed-established")
        ):
            _say(ApprovalStep.ESTABLISHED, chosen, form)


def _say(step: ApprovalStep, chosen: Standing, form: Form) -> None:
    """Say it of the numbers that the page shows, whatever has come since."""
    reason = form["reason"] if step is ApprovalStep.SENT_BACK else ""
    if step is ApprovalStep.SENT_BACK and not reason.strip():
        st.warning("Skriv varför du skickar tillbaka.", icon=":material/info:")
        return
    try:
        agreements.say(step, chosen.about, fingerprint=chosen.fingerprint, reason=reason)
    except (WarehouseError, Refused, TooLate) as error:
        st.session_state[_SAID] = ("error", str(error))
    else:
        form.hand_in()
        st.session_state[_SAID] = ("done", f"{_name(chosen)} är {step}.")
    st.rerun()
