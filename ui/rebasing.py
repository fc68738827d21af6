"""A control chart, and below it where a user starts new limits for it, or takes them back."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from access import people
from access.checks import Refused, may
from access.places import areas_of
from access.rights import Act
from charts.rows import EventRow, rows_of
from metrics.catalogue import Indicator
from swedish.periods import period_name
from ui import layout
from ui.drafts import Form
from ui.shown.figures import Figure
from views.explaining import how_to_read
from views.trend import Trend
from warehouse.journal import new_limits
from warehouse.store import WarehouseError


def chart(
    made: Figure | None,
    shown: Trend,
    *,
    place: str,
    events: pd.DataFrame,
    key: str,
    more: Callable[[], None] | None = None,
) -> None:
    """The chart of an indicator in the place, which one it is, and its new limits.

    `events` are the dated ones: `date` and `text`. What `more` shows stands below the chart too,
    and alone where there is none.
    """
    if made is None:
        if more is not None:
            more()
        return

    def below() -> None:
        if told := how_to_read.parts(shown):
            with st.expander("Så läser du diagrammet", key=f"{key}-reading"):
                layout.points(told, otherwise="")
        _panel(shown, place=place, events=events)
        if more is not None:
            more()

    layout.shown(made, key=key, more=below)
    layout.caption(shown.which_chart)
    _in_force(shown)


def _in_force(shown: Trend) -> None:
    """Which new limits the chart has, and why."""
    for one in shown.rebased:
        layout.caption(
            f"Nya gränser från {period_name(one.period)}: {one.reason} "
            f"({one.author}, {one.written_at:%Y-%m-%d})."
        )


def _panel(shown: Trend, *, place: str, events: pd.DataFrame) -> None:
    """Let the reader start new limits for the indicator in the place, or take some back.

    `events` are the dated ones of the chart, to choose a reason from: `date` and `text`.
    """
    about = shown.indicator
    periods = [str(period) for period in shown.points["period"].iloc[1:]]
    if not periods:
        return
    if not may(Act.NEW_LIMITS, areas=areas_of([place])):
        return
    form = Form(f"limits-{about.key}-{place}", {"period": periods[-1], "reason": "", "author": ""})
    label, begun = "Nya gränser efter en händelse", form.begun is not None
    with layout.on_demand(label, key=f"limits-{about.key}-{place}", begun=begun) as is_open:
        if is_open:
            _limits(form, about, periods, place=place, events=events)


def _limits(
    form: Form, about: Indicator, periods: Sequence[str], *, place: str, events: pd.DataFrame
) -> None:
    layout.caption(
        "Ändrade arbetssätt eller regler gör att det som var innan inte längre är något mått. "
        "Ange från när gränserna ska räknas om, och varför. Orsaken visas för alla."
    )
    if len(events):
        told = "; ".join(f"{row.date}: {row.text}" for row in rows_of(events, EventRow))
        layout.caption(f"Daterade händelser: {told}.")
    key = f"{about.key}-{place}"
    st.selectbox(
        "Från och med",
        list(reversed(periods)),
        format_func=period_name,
        **form.field("period", among=periods),
    )
    st.text_input("Varför", max_chars=200, **form.field("reason"))
    author = _author(form)
    if st.button("Räkna om gränserna", key=f"start-{key}"):
        _start(form, about.key, place, author)
    for one in new_limits.in_force(indicator=about.key, place=place):
        label = f"Ta tillbaka gränserna från {period_name(one.period)}"
        if one.may_change and st.button(label, key=f"limits-back-{key}-{one.id}"):
            _take_back(one, author)


def _author(form: Form) -> str:
    """Who writes: whoever has signed in, else what they say."""
    person = people.current()
    if person.signed_in:
        return person.name
    return st.text_input("Ditt namn eller din roll", max_chars=60, **form.field("author"))


def _start(form: Form, indicator: str, place: str, author: str) -> None:
    try:
        new_limits.start(
            indicator=indicator,
            place=place,
            period=form["period"],
            reason=form["reason"],
            author=author,
        )
    except ValueError:
        st.warning("Skriv både varför och vem du är.", icon=":material/info:")
    except (WarehouseError, Refused) as error:
        st.error(str(error), icon=":material/error:")
    else:
        form.hand_in()
        st.rerun()


def _take_back(chosen: new_limits.NewLimits, author: str) -> None:
    try:
        new_limits.take_back(chosen, reason="Återtagen", author=author or chosen.author)
    except (WarehouseError, Refused) as error:
        st.error(str(error), icon=":material/error:")
    else:
        st.rerun()
