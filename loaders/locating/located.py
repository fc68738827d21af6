"""What a book was understood as: an export, and blocks of columns with what is said of them.

A block is a set of columns of one table that share what their heads say of month, place and care
form: a report with two care forms side by side is two blocks, and a sheet with twelve months as
columns is twelve.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.declaration import Export
from loaders.locating.tables import SheetTable
from loaders.problems import Problem
from loaders.reading.grids import Sheet


@dataclass(frozen=True)
class Outline:
    """One column of labels with two kinds: those of `outer` stand above those of `inner`.

    `texts` are the labels of `outer`, `totals` those of sums of all, `sums` those of one group.
    """

    outer: str
    inner: str
    texts: tuple[str, ...]
    totals: tuple[str, ...]
    sums: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Columns of one sheet with the same constants.

    `first_row` is the zero-based row where the data begins; `sources` maps a column's key to the
    zero-based columns that hold it (several only for a municipality's code and name); `constants`
    maps a dimension's key to its value; `beside` are columns to the left that are not read, where a
    total may say what it is of. A `total` block is no data but a check sum of the others. Periods
    without a year are of that in `year_column`, or else of `year`. Rows from `last_row` on belong
    to another table; `table` is the number of its own. Blocks with a `part`, or rows with different
    texts in `part_columns`, are parts of one whole and are added up. Where rows of parts stand
    beside rows of all, `wholes` has the columns that tell, with the texts there that mean all.
    Amounts are in the unit that the row has in `unit_column`; where neither head nor title says
    one, they are in `unit`. A block is of `only` the rows that have one of the texts in a column;
    in an `outline` one column has two kinds of labels. `stub` are columns without a known heading
    between the places and the numbers.
    """

    sheet: Sheet
    first_row: int
    sources: Mapping[str, tuple[int, ...]]
    constants: Mapping[str, str]
    beside: tuple[int, ...] = ()
    total: bool = False
    year: str | None = None
    year_column: int | None = None
    last_row: int | None = None
    table: int = 0
    part: str | None = None
    part_columns: tuple[int, ...] = ()
    wholes: tuple[tuple[int, tuple[str, ...]], ...] = ()
    unit_column: int | None = None
    unit: str | None = None
    only: tuple[int, tuple[str, ...]] | None = None
    stub: tuple[int, ...] = ()
    outline: Outline | None = None


@dataclass(frozen=True)
class Located:
    """A book understood as an export: its tables and blocks, and what could not be understood.

    `said` is why a column of a table, by sheet, table and position, is not read. `passed` are
    the tables beside or beneath them of which nothing is read, `others` the visible sheets without
    any of the tables.
    """

    name: str
    export: Export
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    tables: tuple[SheetTable, ...] = ()
    said: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    passed: tuple[SheetTable, ...] = ()
    others: tuple[Sheet, ...] = ()

    @property
    def measured_in_matrix(self) -> list[int]:
        """The blocks that are one of several of a table which their heads tell apart."""
        return [
            number
            for number, block in enumerate(self.blocks)
            if not block.total
            and block.constants
            and sum(other.table == block.table and not other.total for other in self.blocks) > 1
        ]
