"""Discharges of patients who are ready to leave: counts by month, or single stays."""

from collections.abc import Mapping, Set
from functools import partial

from metrics.datasets.counted import formulas
from metrics.datasets.counted.cells import units
from metrics.datasets.counted.facts import gather
from metrics.datasets.dataset import (
    Compared,
    Connection,
    Control,
    Cube,
    Dataset,
    DatasetPage,
    Measure,
    Origin,
    statement,
)
from metrics.datasets.discharges import cells
from metrics.datasets.discharges.writing import WRITING
from metrics.indicator import CARE_FORM

KEY = "discharges"
PAGE = DatasetPage(
    path="manadsuppfoljning",
    about="utskrivningsklara",
    grain="month",
    told_by="discharges",
    headline="mean_days",
)
_MEASURES: Mapping[str, Measure] = {
    "discharges": Measure(name="utskrivna utskrivningsklara"),
    "ready_days": Measure(name="vårddagar som utskrivningsklar", counts="days"),
    "same_day": Measure(name="utskrivna samma dag"),
    "over_3": Measure(name="utskrivna som var kvar mer än 3 dagar"),
    "over_7": Measure(name="utskrivna som var kvar mer än 7 dagar"),
    "before_notice": Measure(name="utskrivna före meddelande om utskrivningsklar"),
}


def _gather(connection: Connection) -> Set[str]:
    parts = "case when care_form is null then [] else [care_form] end"
    return gather(connection, dataset=KEY, table="discharge", parts=parts, measures=_MEASURES)


DATASET = Dataset(
    key=KEY,
    page=PAGE,
    name="Utskrivningsklara",
    measures=_MEASURES,
    writing=WRITING,
    gather=_gather,
    cube=Cube(
        statement=formulas.STATEMENT,
        fill=formulas.fill,
        calculations=("sum", "ratio", "excess"),
        grains=("month",),
    ),
    control=Control(
        units=partial(units, measures=tuple(_MEASURES)),
        table=cells.table,
        offered=cells.offered,
        not_shown="Kommuner visas för alla vårdformer tillsammans och sjukhus för hela länet: "
        "finare uppdelat är de flesta för få.",
        told=cells.TOLD,
    ),
    origin=Origin(
        cells=statement(KEY, "origin_cells.sql"),
        rows=statement(KEY, "origin_rows.sql"),
        noun="vårdtillfällen",
    ),
    dimensions=(CARE_FORM,),
    finer="finare uppgifter (per vårdtillfälle eller sjukhus)",
    compared=Compared(
        table="discharge", measures={"discharges": "utskrivna", "ready_days": "dagar"}
    ),
)
