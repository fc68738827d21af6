"""Other indicators, whose values are delivered as such."""

from collections.abc import Mapping

from metrics.datasets.dataset import (
    Control,
    Cube,
    Dataset,
    Measure,
    Origin,
    gathered,
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


DATASET = Dataset(
    key=KEY,
    name="Andra indikatorer",
    measures=_MEASURES,
    writing=WRITING,
    gather=gathered(KEY, _MEASURES, beside=make_places),
    cube=Cube(
        statement=statement(KEY, "cube.sql"), fill=fill, calculations=("sum", "ratio", "value")
    ),
    control=Control(units=cells.units, table=cells.table),
    origin=Origin(cells=statement(KEY, "origin_cells.sql")),
    alone=True,
)
