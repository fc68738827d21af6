"""The periods that are shown: all, or those up to the first that is not established.

Where `approval` is "hidden", what is not agreed on is on no page, in no hand-out, no mail and no
answer of the API; Granskning shows it to whoever is to say something of it. What comes after it is
hidden as well, for a chart of a later period would show it.
"""

from collections.abc import Sequence
from dataclasses import replace

from metrics import values
from metrics.catalogue import indicators
from settings import settings
from swedish.periods import months_of
from views.agreed import approval
from views.agreed.approval import ApprovalState
from warehouse import store
from warehouse.loads import Load
from warehouse.state import remembered


def periods(dataset: str) -> list[str]:
    """The periods of a dataset that are shown, oldest first."""
    known = values.periods(dataset)
    return until(known, _first_hidden(dataset))


@remembered(4)
def periods_by_indicator() -> dict[str, list[str]]:
    """The periods that are shown of each indicator, oldest first; none without."""
    shown = {
        key: until(known, first_hidden(key)) for key, known in values.periods_by_indicator().items()
    }
    return {key: known for key, known in shown.items() if known}


def months() -> list[str]:
    """The months in which a period of any indicator that is shown ends, oldest first."""
    known = periods_by_indicator().values()
    return sorted({months_of(period)[1] for shown in known for period in shown})


def until(known: list[str], first: str | None) -> list[str]:
    """Those of the periods that come before the first that is hidden."""
    return known if first is None else [period for period in known if period < first]


def first_hidden(indicator: str) -> str | None:
    """The first period of an indicator that is not shown; None where all are."""
    return _first_hidden(indicators()[indicator].dataset)


def first_hidden_in(versions: Sequence[int]) -> dict[str, str]:
    """The first period of each indicator that is not shown in one of some kept versions.

    For what tells of several versions at once; an indicator that is shown whole in all is not in
    it.
    """
    firsts: dict[str, str] = {}
    for number in versions:
        with store.look(number):
            for key in indicators():
                first = first_hidden(key)
                if first is not None:
                    firsts[key] = min(first, firsts.get(key, first))
    return firsts


def hidden(indicator: str, period: str) -> bool:
    """Whether an indicator's period is not shown."""
    first = first_hidden(indicator)
    return first is not None and period >= first


def told(loads: Sequence[Load]) -> list[Load]:
    """Loads as everybody may know them: that a file has come is no figure, how many rows it has is.

    So of what reaches periods that are not shown it is not told how many.
    """
    firsts = {dataset: _first_hidden(dataset) for dataset in {one.dataset for one in loads}}
    return [
        one
        if (first := firsts[one.dataset]) is None or one.last_period < first
        else replace(one, rows=None, receipt=None)
        for one in loads
    ]


def waiting(dataset: str) -> str:
    """What is said where nothing is shown though something is delivered; empty otherwise."""
    if periods(dataset) or not values.periods(dataset):
        return ""
    return "Det som är levererat är inte fastställt än, och visas när det är det."


@remembered(16)
def _first_hidden(dataset: str) -> str | None:
    """The first period of a dataset that is not established; None where all are shown."""
    if settings().approval != "hidden" or dataset not in approval.agreed_on():
        return None
    return next((one for one in values.periods(dataset) if _is_open(dataset, one)), None)


def _is_open(dataset: str, period: str) -> bool:
    """Whether an area has delivered a period that is not established."""
    if not approval.covers(period):
        return False
    states = {one.state for one in approval.standings(dataset=dataset, period=period)}
    return bool(states - {ApprovalState.NOTHING, ApprovalState.ESTABLISHED})
