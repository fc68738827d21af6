"""Discharges as counts to be worked out anew: their columns, and the formulas as the field has
them."""

from recalculation import stays
from recalculation.counted import PEOPLE, Formula, Layout

_PLACES = ("county", "area", "municipality")
_COLUMNS = {
    "månad": "period",
    "kommun": "place",
    "sjukhus": "hospital",
    "vårdform": "care_form",
    "antal utskrivna": "discharges",
    "antal dagar": "days",
    "utskrivna samma dag": "same_day",
    "samma dag": "same_day",
    "kvar mer än 3 dagar": "over_3",
    "kvar mer än 7 dagar": "over_7",
    "utskrivna före meddelande": "before",
}
_FORMULAS = {
    "discharges": Formula(("discharges",)),
    "ready_days": Formula(("days",)),
    "over_7": Formula(("over_7",)),
    "mean_days": Formula(("days",), ("discharges",)),
    "same_day_share": Formula(("same_day",), ("discharges",), 100),
    "over_3_share": Formula(("over_3",), ("discharges",), 100),
    "before_notice_share": Formula(("before",), ("discharges", "before"), 100),
    "ready_days_per_1000": Formula(("days",), (PEOPLE,), 1000, levels=_PLACES),
    "excess_days": Formula(("days",), ("discharges",), beyond=3, levels=_PLACES),
}
LAYOUT = Layout(
    columns=_COLUMNS,
    always=frozenset({"period", "place", "discharges", "days"}),
    counts=("discharges", "days", "same_day", "over_3", "over_7", "before"),
    units=("discharges", "same_day", "over_3", "over_7", "before"),
    parts={"care_form": ""},
    spellings={"care_form": {"somatik": "somatik", "psykiatri": "psykiatri"}},
    fine=("hospital", "single"),
    formulas=_FORMULAS,
    singles=stays.rows,
)
