"""What an export looks like, declared: its columns, the names they go by, types and rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What a column holds; says how its text is read and which faults it can have."""

    MONTH = "month"
    MUNICIPALITY = "municipality"
    HOSPITAL = "hospital"
    CHOICE = "choice"
    COUNT = "count"
    MEAN = "mean"
    TIMESTAMP = "timestamp"


# What says where and when a row belongs: may stand in a column, in a head above the columns,
# in the sheet's name or in a title.
DIMENSIONS = frozenset({Kind.MONTH, Kind.MUNICIPALITY, Kind.HOSPITAL, Kind.CHOICE})


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column of an export.

    `key` is its name in code, `label` what messages call it, `names` the headings it goes by
    (the label is one of them; the first that is found wins). A column that is not `required` may
    be missing from the file; a cell that is not `blank` may not be empty. `choices` maps the
    spellings of a CHOICE to its values.
    """

    key: str
    label: str
    kind: Kind
    names: tuple[str, ...] = ()
    required: bool = False
    blank: bool = False
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class PartOf:
    """The parts together cannot be more than the whole."""

    parts: tuple[str, ...]
    whole: str


@dataclass(frozen=True, kw_only=True)
class MeanOf:
    """A stated mean is the total by the count, to as many decimals as it is stated with."""

    mean: str
    total: str
    count: str


Rule: TypeAlias = PartOf | MeanOf


@dataclass(frozen=True, kw_only=True)
class Days:
    """Rows are single stays, counted by whole days from `start` to `end`, in the month of `end`.

    An empty start, or one later than the end, is counted apart (before notice). Measures that come
    of it are those of the counted export with the same dataset.
    """

    start: str
    end: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Export:
    """A kind of file: which dataset it fills, from which columns, under which rules."""

    key: str
    title: str
    dataset: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    counted: Days | None = None

    def column(self, key: str) -> Column:
        """The column with this key; raises KeyError where there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @property
    def dimensions(self) -> tuple[Column, ...]:
        """The columns that say where and when."""
        return tuple(column for column in self.columns if column.kind in DIMENSIONS)

    @property
    def measures(self) -> tuple[Column, ...]:
        """The columns that hold counts."""
        return tuple(column for column in self.columns if column.kind is Kind.COUNT)
