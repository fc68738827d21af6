"""Counts per place and period, told apart by whatever their export declares.

The default kind of dataset: it needs no code and no SQL of its own.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

from loaders.declaration import PartOf
from metrics.datasets.counted import cells, formulas
from metrics.datasets.counted.facts import gather
from metrics.datasets.dataset import (
    GAP,
    Compared,
    Connection,
    Control,
    Cube,
    Dataset,
    Measure,
    Origin,
    Writing,
    named_by,
    open_measures,
    statement,
)

_TABLE = "counted"


@dataclass(frozen=True, kw_only=True)
class DeclaredCounts:
    """What is declared of a dataset of counts.

    `dimensions` are the columns, besides place and period, that tell counts apart, and `grains` how
    long its periods are.
    """

    key: str
    name: str
    measures: Mapping[str, Measure]
    dimensions: tuple[str, ...]
    grains: tuple[str, ...]
    rules: tuple[PartOf, ...] = ()


def counted(declared: DeclaredCounts) -> Dataset:
    """The dataset of counts that is so declared."""
    return Dataset(
        key=declared.key,
        name=declared.name,
        measures=declared.measures,
        writing={False: _writing(declared)},
        gather=partial(_gather, declared),
        cube=Cube(statement=formulas.STATEMENT, fill=formulas.fill, grains=declared.grains),
        control=Control(
            units=partial(cells.units, measures=tuple(declared.measures)),
            table=partial(
                cells.table,
                open_measures=open_measures(declared.measures),
                rules=declared.rules,
            ),
            offered=cells.offered,
            not_shown=_NOT_SHOWN if declared.dimensions else "",
            told=cells.told(declared.measures, declared.rules),
            declared=(
                *sorted((key, measure.counts) for key, measure in declared.measures.items()),
                *declared.rules,
                *declared.dimensions[1:],
            ),
        ),
        origin=Origin(
            cells=statement("counted", "origin_cells.sql").format(parts=_parts(declared.dimensions))
        ),
        dimensions=declared.dimensions,
        compared=Compared(
            table=_TABLE,
            measures={key: measure.name for key, measure in declared.measures.items()},
        ),
    )


_NOT_SHOWN = (
    "Det som antalen delas upp på visas för länet och områdena: per kommun är de flesta för få."
)


def _writing(declared: DeclaredCounts) -> Writing:
    """A file that does not tell apart what others do has nothing in those columns."""
    columns = ", ".join(f"null::varchar as {key}" for key in ("hospital", *declared.dimensions))
    facts = f"(from fact union all by name select {columns} where false)"
    named = [f"{{'key': '{key}', 'value': {key}}}" for key in declared.dimensions]
    parts = (
        f"map_from_entries(list_filter([{', '.join(named)}], lambda one: one.value is not null))"
        if named
        else "map([]::varchar[], []::varchar[])"
    )
    fineness = " + ".join(
        f"({key} is not null)::integer" for key in ("hospital", *declared.dimensions)
    )
    return Writing(
        tables={
            _TABLE: f"""
                select
                    period, municipality, hospital, {parts} as parts, measure, value, state, sheet,
                    cell
                from {facts}
            """
        },
        spoken=f"""
            select
                period, municipality as subject, if({GAP}, -1, max({fineness})) as fineness
            from {facts}
            group by all
        """,
    )


def _parts(dimensions: Sequence[str]) -> str:
    """The list of a row's parts by their names in the cube, as SQL."""
    named = [
        f"when '{dimension}' then '{before}'"
        for dimension in dimensions
        if (before := named_by(dimension, among=dimensions))
    ]
    if not named:
        return "map_values(parts)"
    before = f"case one.key {' '.join(named)} else '' end"
    return f"list_transform(map_entries(parts), lambda one: {before} || one.value)"


def _gather(declared: DeclaredCounts, connection: Connection) -> Set[str]:
    return gather(
        connection,
        dataset=declared.key,
        table=_TABLE,
        parts=_parts(declared.dimensions),
        measures=declared.measures,
    )
