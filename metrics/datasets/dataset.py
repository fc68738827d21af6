"""What a dataset is: all that is special to it, as one object. The registry lists them.

A delivery's rows stand in the connection's temporary `fact` or `record` (loaders.delivery). What it
speaks of is made into the temporary `spoken`: period, subject and how finely; of that the newest of
the finest loads is the owner.
"""

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeAlias, get_args

import duckdb

from metrics.disclosure.cells import Location, Table
from metrics.indicator import CARE_FORM, COUNTS, PLACES, Grain, Indicator, stands_for_itself

Connection: TypeAlias = duckdb.DuckDBPyConnection
# What a statement leaves open: expressions, made of the catalogue's measures and numbers only, and
# parameters.
Placeholders: TypeAlias = tuple[dict[str, str], dict[str, object]]
Units: TypeAlias = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What is counted: its Swedish name in running text, and what one unit of it is (COUNTS)."""

    name: str
    counts: str = "persons"

    def __post_init__(self) -> None:
        if self.counts not in COUNTS:
            raise ValueError(f"{self.name}: counts {self.counts!r} cannot be used")


def open_measures(measures: Mapping[str, Measure]) -> frozenset[str]:
    """Those that count neither persons nor cases, so that a small one says nothing."""
    return frozenset(
        key for key, measure in measures.items() if not stands_for_itself(measure.counts)
    )


@dataclass(frozen=True, kw_only=True)
class Writing:
    """How a delivery is written: per table the rows to insert, and the rows of `spoken`, as SQL."""

    tables: Mapping[str, str]
    spoken: str


# A gap in a list (loaders/checking/gaps.py) stands in no cell, and is less than anything else told.
GAP = "bool_and(cell is null and state = 'missing')"


@dataclass(frozen=True, kw_only=True)
class Cube:
    """How an indicator is put into the cube: a statement, and what fills its placeholders.

    `calculations`, `levels` and `grains` are those that an indicator can have.
    """

    statement: str
    fill: Callable[[Indicator], Placeholders]
    calculations: tuple[str, ...] = ("sum", "ratio")
    levels: tuple[str, ...] = PLACES
    grains: tuple[str, ...] = get_args(Grain)


def anywhere(_: Indicator, __: Location) -> bool:
    """That an indicator is offered at every place and for every part."""
    return True


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A period's tables beside the cube as cells, and which of these readers do not see.

    `totals` are the cells of what a place has in all, by level and place in one.
    """

    table: Table
    hidden: frozenset[int]
    totals: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Tables that are shown beside the cube: what users call them, and what hides numbers of them.

    `cells` gives those of each period; what a place has in all is the indicator `total` of it.
    `remember` keeps them before a change, for `hide` to know of.
    """

    name: str
    total: str
    remember: Callable[[Connection], None]
    hide: Callable[[Connection], None]
    cells: Callable[[Connection], Mapping[str, Laid]]


@dataclass(frozen=True, kw_only=True)
class Told:
    """Counts of a municipality that the sums it is added to tell, each as measures times factors.

    `measures` are those that are not added where one of the counts is small (metrics.changes.late).
    """

    counts: tuple[Mapping[str, float], ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Control:
    """How numbers of few persons are hidden.

    `units` are the smallest parts in force, by period, of what the dataset has gathered; `table`
    makes cells of those of one period, for some indicators and a threshold. `offered` says what is
    shown at all (the fewer crossings, the less must be hidden), and `not_shown` says it to readers.
    `beside` are tables that are shown beside the cube. `told` is what a late or corrected
    municipality tells by the sums it is added to, of what `gather` makes the temporary `part_fact`.
    `declared` is what else of a declaration `table` goes by: where it changes, all is chosen anew.
    """

    units: Callable[[Connection], Mapping[str, Units]]
    table: Callable[[Units, Sequence[Indicator], int], Table]
    offered: Callable[[Indicator, Location], bool] = anywhere
    not_shown: str = ""
    beside: Beside | None = None
    told: Sequence[Told] = ()
    declared: tuple[object, ...] = ()


@dataclass(frozen=True)
class Public:
    """That nothing is hidden, and why, in words: `medlen är offentliga`."""

    why: str


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Which cells numbers are made of (load, sheet, cells in the file's order), as SQL.

    Where single rows are counted also which loads (load, rows), and what a row is about. Parameters
    are those of `origin.Scope`.
    """

    cells: str
    rows: str | None = None
    noun: str = ""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What tells an unlikely delivery: a table of measures, and what users call those compared."""

    table: str
    measures: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class DatasetPage:
    """The page and the reports that are about a dataset.

    `path` is the page's in the address, `about` what the dataset is in running text, and `grain`
    how long its periods are. `told_by` is the indicator that says who has reported, and `headline`
    the one that comments are about. A page that is not `of_places` takes no place.
    """

    path: str
    about: str
    grain: str
    told_by: str
    headline: str
    of_places: bool = True


def named_by(dimension: str, *, among: Collection[str]) -> str:
    """What stands before a value in the name of its part: `sex:`; nothing where that says enough.

    A form of care is called the same in every dataset, since readers choose it for all of them.
    """
    return f"{dimension}:" if len(among) > 1 and dimension != CARE_FORM else ""


def nothing(_: Connection) -> Set[str]:
    """The measures of a dataset that makes no indicators."""
    return frozenset()


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset:
    """A dataset: its tables, how deliveries are written and owned, its cube, hiding and origin.

    `writing` is by whether the rows were single stays or cases. `gather` makes the temporary tables
    of the facts in force, and gives the measures that there are any of. Values are told apart by
    `dimensions`, one at a time, besides place and period; `apart` means that there is none for all
    parts together.
    `alone`: each indicator is delivered by itself, and says itself what its numbers count.
    `page` is None where pages and reports are about it only as one of many.
    `control` is None where nobody has said how few persons are hidden; then nothing is published.
    """

    key: str
    name: str
    measures: Mapping[str, Measure]
    writing: Mapping[bool, Writing]
    control: Control | Public | None
    gather: Callable[[Connection], Set[str]] = nothing
    cube: Cube | None = None
    beside_cube: Callable[[Connection], None] | None = None
    origin: Origin | None = None
    dimensions: tuple[str, ...] = ()
    apart: bool = False
    alone: bool = False
    page: DatasetPage | None = None
    finer: str = "finare uppgifter"
    compared: Compared | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that its facts are in."""
        return tuple(dict.fromkeys(name for how in self.writing.values() for name in how.tables))

    def told_apart(self, part: str) -> tuple[str, str]:
        """The dimension that a part of the cube is of, and its value."""
        for dimension in self.dimensions:
            before = named_by(dimension, among=self.dimensions)
            if before and part.startswith(before):
                return dimension, part.removeprefix(before)
        plain = (one for one in self.dimensions if not named_by(one, among=self.dimensions))
        return next(plain, ""), part

    def has_facts(self, connection: Connection) -> bool:
        """Whether the version has facts of it; what is made of other things may always have."""
        asked = (connection.execute(f"from {name} limit 1") for name in self.tables)
        return not self.tables or any(found.fetchone() is not None for found in asked)

    def make_spoken(self, connection: Connection, *, cases: bool) -> None:
        """Make the temporary `spoken` of a delivery."""
        statement = self.writing[cases].spoken
        connection.execute(f"create or replace temp table spoken as {statement}")

    def write(self, connection: Connection, load_id: int, *, cases: bool) -> None:
        """Insert a delivery's rows into the version that unqualified names mean."""
        for table, rows in self.writing[cases].tables.items():
            connection.execute(
                f"insert into {table} by name select $load_id as load_id, * from ({rows})",
                {"load_id": load_id},
            )


def statement(room: str, name: str) -> str:
    """The SQL in a file of a dataset's room."""
    return files(f"metrics.datasets.{room}").joinpath(name).read_text(encoding="utf-8")


def gathered(
    room: str, measures: Mapping[str, Measure], *, beside: Callable[[Connection], None]
) -> Callable[[Connection], Set[str]]:
    """How a room's `facts.sql` gathers all its measures, once the tables `beside` it are made."""

    def gather(connection: Connection) -> Set[str]:
        beside(connection)
        connection.execute(statement(room, "facts.sql"))
        return frozenset(measures)

    return gather


def sum_of(expression: Sequence[str]) -> str:
    """The measures added up, as an SQL expression; null for none."""
    return " + ".join(expression) or "null"
