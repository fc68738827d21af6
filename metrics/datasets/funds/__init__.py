"""Funds: who has been allocated what, may requisition, has requisitioned and has used."""

from collections.abc import Mapping

import reference
from metrics.datasets.dataset import (
    Connection,
    Cube,
    Dataset,
    DatasetPage,
    Measure,
    Origin,
    Public,
    gathered,
    statement,
)
from metrics.datasets.funds.formulas import fill
from metrics.datasets.funds.writing import WRITING
from metrics.datasets.places import make_table

KEY = "funds"
PAGE = DatasetPage(
    path="medel",
    about="medel",
    grain="year",
    told_by="funds_allocated",
    headline="funds_allocated",
    of_places=False,
)
_MEASURES: Mapping[str, Measure] = {
    "allocated": Measure(name="tilldelade medel", counts="money"),
    "ceiling": Measure(name="medel som får rekvireras", counts="money"),
    "requisitioned": Measure(name="rekvirerade medel", counts="money"),
    "used": Measure(name="använda medel", counts="money"),
}


def _make_recipients(connection: Connection) -> None:
    """Which recipients are an area, all areas together, and a NOSAM."""
    recipients = connection.execute("select distinct recipient from fund").fetchall()
    make_table(
        connection,
        "single_area",
        [
            [name, area]
            for (name,) in recipients
            if (area := reference.find_place(name, level="area"))
        ],
        "r[1] as recipient, r[2] as area",
    )
    together = [[name] for (name,) in recipients if reference.names_all_areas(name)]
    make_table(connection, "all_areas", together, "r[1] as recipient")
    keys = reference.nosam_keys()
    make_table(
        connection,
        "nosam",
        [[name, key] for (name,) in recipients if (key := keys.get(reference.normalise(name)))],
        "r[1] as name, r[2] as key",
    )


DATASET = Dataset(
    key=KEY,
    page=PAGE,
    name="Medel",
    measures=_MEASURES,
    writing=WRITING,
    gather=gathered(KEY, _MEASURES, beside=_make_recipients),
    cube=Cube(
        statement=statement(KEY, "cube.sql"),
        fill=fill,
        levels=("recipient", "nosam", "programme"),
        grains=("year",),
    ),
    control=Public("medlen är offentliga"),
    origin=Origin(cells=statement(KEY, "origin_cells.sql")),
    dimensions=("programme",),
    apart=True,
)
