"""Other indicators, whose values are delivered as such."""

from collections.abc import Mapping, Sequence, Set

from metrics.datasets.dataset import (
    Connection,
    Control,
    Cube,
    Dataset,
    Measure,
    Origin,
    statement,
)
from metrics.datasets.indicators import cells
from metrics.datasets.indicators.formulas import fill
from metrics.datasets.indicators.writing import WRITING
from metrics.datasets.places import make_places

KEY = "indicators"
# What they count each indicator says itself.
_MEASURES: Mapping[str, Measure] = {
    "numerator": Measure(name="täljaren i den inlästa filen"),
    "denominator": Measure(name="nämnaren i den inlästa filen"),
    "value": Measure(name="värdet i den inlästa filen"),
}


def _gather(connection: Connection) -> Set[str]:
    make_places(connection)
    connection.execute(statement(KEY, "facts.sql"))
    return frozenset(_MEASURES)


def _facts(connection: Connection) -> Mapping[str, Sequence[cells.Delivered]]:
    _gather(connection)
    return cells.facts(connection)


DATASET = Dataset(
    key=KEY,
    name="Andra indikatorer",
    measures=_MEASURES,
    writing=WRITING,
    gather=_gather,
    cube=Cube(statement=statement(KEY, "cube.sql"), fill=fill),
    control=Control(facts=_facts, table=cells.table),
    origin=Origin(cells=statement(KEY, "origin_cells.sql")),
    alone=True,
)
