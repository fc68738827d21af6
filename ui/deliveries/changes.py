"""What a load or a withdrawal would change, before it is done: in numbers, and value by value."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts.changes import changes_chart
from charts.columns import TableColumn
from metrics import loaded
from metrics.catalogue import indicator, indicators, name_of
from metrics.changes import corrections, late
from metrics.changes.comparison import ValueChange
from metrics.changes.jumps import Jump
from metrics.values import place_name
from pipeline import Preview
from swedish import typography
from swedish.periods import GRAINS, grain_of, period_name
from swedish.phrases import joined
from ui import layout
from ui.layout import plain
from views.news import newest

_NUMBERS = [
    TableColumn("name", "Mått"),
    TableColumn("new", "Nya", 0),
    TableColumn("changed", "Ändrade", 0),
    TableColumn("lost", "Borttagna", 0),
    TableColumn("unchanged", "Oförändrade", 0),
]
_PERIODS = [_NUMBERS[0], TableColumn("words", "Period"), *_NUMBERS[1:]]
_VALUES = [
    TableColumn("name", "Mått"),
    TableColumn("period", "Period"),
    TableColumn("place", "Plats"),
    TableColumn("old", "Före"),
    TableColumn("new", "Efter"),
]
_UNUSUAL = [
    TableColumn("name", "Mått"),
    TableColumn("period", "Period"),
    TableColumn("place", "Plats"),
    TableColumn("value", "Värde"),
    TableColumn("usual", "Brukar ligga mellan"),
    TableColumn("mark", "Anmärkning"),
]
_KINDS = {
    "new": ("nytt värde", "nya värden"),
    "changed": ("ändrat värde", "ändrade värden"),
    "lost": ("borttaget värde", "borttagna värden"),
}
_GONE = {"missing": "saknas", "confidential": "skyddad"}
_LARGEST = 30


def show(preview: Preview, *, key: str) -> None:
    """What happens to the values, in a sentence and tables."""
    if preview.newest is not None:
        layout.finding(newest.expected(preview.newest))
    st.markdown("**Det här ändras**")
    if preview.left_out:
        layout.finding(
            "Bara det som visas på sidorna jämförs: det finns uppgifter som inte är fastställda än."
        )
    layout.finding(sentence(preview))
    if loaded.is_demo():
        layout.finding("Exempeldata försvinner: sidorna visar sedan bara egna uppgifter.")
    if preview.withheld:
        st.info(plain(late.sentence(preview.withheld)), icon=":material/visibility_off:")
    if preview.reports:
        st.warning(plain(corrections.sentence(preview.reports)), icon=":material/info:")
    _charts(preview, key=key)
    if any(change.new or change.changed or change.lost for change in preview.changes):
        rows = [vars(change) | {"name": name_of(change.indicator)} for change in preview.changes]
        with st.expander("Visa antalet värden per mått", key=f"numbers-{key}"):
            layout.table(pd.DataFrame(rows), _NUMBERS, caption="Värden per mått")
    if preview.unusual:
        unusual = pd.DataFrame([_unusual(jump) for jump in preview.unusual[:_LARGEST]])
        number = typography.plural(len(preview.unusual), "ovanligt värde", "ovanliga värden")
        with st.expander(f"Se över {number}", key=f"unusual-{key}"):
            layout.table(unusual, _UNUSUAL, caption="Utanför det som slumpen brukar ge")
    if preview.largest:
        with st.expander("Visa de största ändringarna", key=f"largest-{key}"):
            values(preview.largest)


def values(changed: Sequence[ValueChange]) -> None:
    """The first of some values, the largest first, before and after; there is at least one."""
    rows = pd.DataFrame([_row(change) for change in changed[:_LARGEST]])
    layout.table(rows, _VALUES, caption="Största ändringarna, före och efter")


def _charts(preview: Preview, *, key: str) -> None:
    """A chart for each kind of period, with its numbers a click away.

    Where all values fare alike their periods are told: a chart would have as many equal blocks.
    """
    rows = pd.DataFrame(
        [
            vars(change)
            | {
                "name": name_of(change.indicator),
                "grain": grain_of(change.period),
                "words": period_name(change.period),
            }
            for change in preview.periods
        ]
    )
    if rows.empty:
        return
    for grain, of in rows.groupby("grain", sort=False):
        if (of[[*_KINDS, "unchanged"]].sum() > 0).sum() == 1:
            if told := _when(of):
                layout.finding(told)
            continue
        layout.figure(
            changes_chart(of),
            key=f"changes-{grain}-{key}",
            alt=f"Värden per mått och {GRAINS[str(grain)]}. {_found(of)}",
            rows=of,
            columns=_PERIODS,
            caption=f"Värden per mått och {GRAINS[str(grain)]}",
        )


def _found(rows: pd.DataFrame) -> str:
    """What the chart of the rows shows: how much changes, and in which periods."""
    return joined(_amounts(rows), _when(rows))


def _when(rows: pd.DataFrame) -> str:
    """In which periods anything changes; empty where nothing does."""
    touched = rows[rows[list(_KINDS)].sum(axis=1) > 0]
    periods = sorted(set(touched["period"]))
    if not periods:
        return ""
    first, last = period_name(periods[0]), period_name(periods[-1])
    when = first if len(periods) == 1 else f"{len(periods)} perioder från {first} till {last}"
    return f"Det gäller {when}."


def _amounts(rows: pd.DataFrame) -> str:
    parts = [
        typography.plural(int(rows[kind].sum()), one, many)
        for kind, (one, many) in _KINDS.items()
        if rows[kind].sum()
    ]
    return f"{typography.enumerate_words(parts)}." if parts else "Inga värden ändras."


def sentence(preview: Preview) -> str:
    """The sum of all changes in words."""
    text = _amounts(pd.DataFrame([vars(one) for one in preview.changes], columns=list(_KINDS)))
    if preview.kept_finer:
        kept = typography.plural(
            preview.kept_finer,
            "kombination av kommun och period",
            "kombinationer av kommun och period",
        )
        text += f" De finare uppgifter som redan finns behålls för {kept}."
    return text


def _unusual(jump: Jump) -> dict[str, str]:
    chosen = indicator(jump.indicator)
    lower, upper = (
        typography.number(end, chosen.decimals) for end in (max(jump.lower, 0), jump.upper)
    )
    return {
        "name": chosen.name,
        "period": period_name(jump.period),
        "place": place_name(jump.level, jump.place),
        "value": typography.number(jump.value, chosen.decimals),
        "usual": f"{lower}–{upper}",
        "mark": "Tio gånger det vanliga, eller en tiondel" if jump.tenfold else "",
    }


def _row(change: ValueChange) -> dict[str, str]:
    known = indicators().get(change.indicator)
    decimals = known.decimals if known else 2
    return {
        "name": name_of(change.indicator),
        "period": period_name(change.period),
        "place": place_name(change.level, change.place),
        "old": _value(change.old, change.old_status, decimals),
        "new": _value(change.new, change.new_status, decimals),
    }


def _value(value: float | None, status: str, decimals: int) -> str:
    if value is None:
        return _GONE.get(status, "inget värde")
    mark = "*" if status == "partial" else ""
    return f"{typography.number(value, decimals)}{mark}"
