"""Deviations in collaboration: counts by quarter, or single cases."""

from collections.abc import Mapping

from metrics.datasets.dataset import (
    Beside,
    Connection,
    Control,
    Cube,
    Dataset,
    DatasetPage,
    Measure,
    Origin,
    gathered,
    statement,
)
from metrics.datasets.deviations import cells, ways_cells
from metrics.datasets.deviations.formulas import fill
from metrics.datasets.deviations.writing import WRITING
from metrics.datasets.places import make_places

KEY = "deviations"
PAGE = DatasetPage(
    path="avvikelser",
    about="avvikelser",
    grain="quarter",
    told_by="deviations",
    headline="deviations",
)
_MEASURES: Mapping[str, Measure] = {
    "deviations": Measure(name="registrerade avvikelser", counts="cases"),
    "answered_in_time": Measure(name="avvikelser besvarade inom två månader", counts="cases"),
    "answer_due": Measure(
        name="avvikelser som har besvarats eller vars två månader har gått", counts="cases"
    ),
    "open_cases": Measure(name="avvikelser utan avslutsdatum", counts="cases"),
    "open_at_end": Measure(name="avvikelser utan avslut när kvartalet slutade", counts="cases"),
    "answer_days": Measure(name="dagar från registrering till svar", counts="days"),
}


def _beside_cube(connection: Connection) -> None:
    connection.execute(statement(KEY, "ways.sql"))


DATASET = Dataset(
    key=KEY,
    page=PAGE,
    name="Avvikelser",
    measures=_MEASURES,
    writing=WRITING,
    gather=gathered(KEY, _MEASURES, beside=make_places),
    cube=Cube(
        statement=statement(KEY, "cube.sql"),
        fill=fill,
        calculations=("sum", "ratio", "median"),
        grains=("quarter",),
    ),
    beside_cube=_beside_cube,
    control=Control(
        units=cells.units,
        table=cells.table,
        offered=cells.offered,
        told=cells.TOLD,
        not_shown="Processer visas för länet och områdena: per kommun är de flesta för få.",
        beside=Beside(
            name="Avvikelser, från vem till vem",
            total="deviations",
            remember=ways_cells.remember,
            hide=ways_cells.protect,
            cells=ways_cells.tables,
        ),
    ),
    origin=Origin(
        cells=statement(KEY, "origin_cells.sql"),
        rows=statement(KEY, "origin_rows.sql"),
        noun="ärenden",
    ),
    dimensions=("process",),
    finer="finare eller fullständigare uppgifter (per ärende, eller för hela kvartalet)",
)
