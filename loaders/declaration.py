"""What an export looks like, declared: its columns, the names they go by, types and rules."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import reference

Meaning: TypeAlias = tuple[str | None, str]
"""A value and a state: ok, empty, total, head, aside, or the code of a problem."""
Filled: TypeAlias = str | int | float | datetime.date


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """A kind of value: what a column holds, and all that is to be known of it (loaders/kinds).

    Recognised: a `dimension` says where or when a row belongs, and may stand in a column, in a head
    above the columns, in the sheet's name or in a title; it is a `period`, a `place` or what parts
    the counts of both. `value` is the value of a dimension that a text gives; a value is itself a
    text that gives it. `counted` is what is added up, `measured` what a title may name, `money` is
    in kronor; a `category` is of a list, and what is `open` may be another than those that are
    known. A record keeps, beside a value that is `stated`, why it is missing.

    Typed: numbers and times by a `macro` of loaders/checking/kinds.sql, with the further `faults`
    as its cases in SQL; the others by `meaning`, which gives a text's value and state, in tables of
    counts (true) or of single records. What is no value has the problem code `fault`.

    Explained: a value of it is `called` this with its article, `several` with none, and `example`
    is one as it may be written in an answer. `unknown` says of {text} that it is none of it;
    `nearest` are the names that a misspelt one is compared with.

    In a template: what `explains` it, Excel's `form`, the `choices` of its list, and what is
    `filled` in as an example. Proposed for a column where texts `fits`; where it is `telling`, what
    a column holds says more than its name.
    """

    key: str
    dimension: bool = False
    period: bool = False
    place: bool = False
    category: bool = False
    open: bool = False
    counted: bool = False
    measured: bool = False
    money: bool = False
    stated: bool = False
    value: Callable[["Column", str], str | None] | None = None
    macro: str | None = None
    faults: str = ""
    meaning: Callable[["Column", str, bool], Meaning] | None = None
    fault: str = "not-allowed"
    called: str = ""
    several: str = ""
    example: str = ""
    unknown: str = "'{text}' är inte tillåtet."
    nearest: Callable[[], Iterable[str]] | None = None
    explains: str = ""
    form: str | None = None
    choices: Callable[["Column"], Iterable[str]] | None = None
    filled: Callable[[], Filled] | None = None
    fits: Callable[["Column", str], bool] | None = None
    telling: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column of an export.

    `key` is its name in code, `label` what messages call it, `names` the headings it goes by
    (the label is one of them; the first that is found wins); those that are `generic` go for many
    things and decide nothing. A column that is not `required` may
    be missing from the file; a cell that is not `blank` may not be empty. `choices` maps the
    spellings of a CHOICE to its values; `categories` is the kind of category that a CATEGORY is of,
    where others than the known ones are let through with a warning. `hint` is added to the message
    about a value that is not allowed. What one unit of a COUNT is, is `counts`: persons or
    cases, which are hidden where they are few, days, money (of an AMOUNT in a table always),
    inhabitants or none. `otherwise` are
    columns with organisations that say which municipality it is where the cell is empty or the
    column is not there. An amount in a `limit` is the most there is also where the text does not
    say so. A count `in_days` may have that unit, and no other may. A period may lie `ahead` where
    the file is of what has been decided. Where only the first row of each group has a value, rows
    that have one in the rightmost of `grouped_by` have it too.
    """

    key: str
    label: str
    kind: Kind
    names: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    required: bool = False
    blank: bool = False
    choices: Mapping[str, str] | None = None
    categories: str | None = None
    hint: str = ""
    counts: str = "persons"
    otherwise: tuple[str, ...] = ()
    ahead: bool = False
    limit: bool = False
    in_days: bool = False
    grouped_by: tuple[str, ...] = ()

    @property
    def spellings(self) -> Mapping[str, str]:
        """The values of a choice or a category, by their spellings as spellings are compared."""
        if self.kind.category:
            return reference.category_spellings(self.categories or "")
        return self._value_by_choice

    @cached_property
    def _value_by_choice(self) -> Mapping[str, str]:
        return {reference.normalise(text): value for text, value in (self.choices or {}).items()}


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


@dataclass(frozen=True, kw_only=True)
class NotBefore:
    """A date is not before another."""

    later: str
    earlier: str


@dataclass(frozen=True, kw_only=True)
class Reported:
    """How an indicator is reported: for periods of one `grain` and places of `levels`.

    `calculation` is ratio, sum or value; the value of a `share` is at most 100, and a sum of
    persons or cases is a `whole` number.
    """

    name: str
    grain: str
    levels: tuple[str, ...]
    calculation: str
    share: bool
    whole: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class AsReported:
    """Rows about an indicator, by its key, are as it is reported."""

    by: Mapping[str, Reported]


@dataclass(frozen=True, kw_only=True)
class PlaceAt:
    """What `column` names is a place of the kind that `level` says: one place has one name.

    At the level municipality it has to be one of the county's; an area goes by its own name.
    """

    column: str
    level: str


Rule: TypeAlias = PartOf | MeanOf | NotBefore | AsReported | PlaceAt


@dataclass(frozen=True, kw_only=True)
class Days:
    """Rows are single stays, counted by whole days from `start` to `end`, in the month of `end`.

    An empty start, or one later than the end, is counted apart (before notice). Measures that come
    of it are those of the counted export with the same dataset. Columns headed as the day when the
    stay began, `admitted`, or as the days that were counted, `stated`, are compared with both.
    """

    start: str
    end: str
    admitted: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Records:
    """Rows are single records, kept as they are: `key` are the columns that tell them apart.

    At least one of `either` has to be there. Records of `cases` were selected by the date in
    `selected_by`, and are about single cases: their file is not kept.
    """

    key: tuple[str, ...]
    either: tuple[str, ...] = ()
    selected_by: str | None = None

    @property
    def cases(self) -> bool:
        """Whether a record is about a single case."""
        return self.selected_by is not None


@dataclass(frozen=True, kw_only=True, eq=False)
class Export:
    """A kind of file: which dataset it fills, from which columns, under which rules.

    Of counts: a dash is none where `dash_is_none`, else not reported; totals may differ from their
    parts by the share `tolerance`. An export `by_area` is of whole areas, which the user may name.
    Columns that are headed by a period alone hold what is `headed`. One of its own `words`, as
    words begin, has to stand in a heading, a title or a name where its headings are generic; so may
    the name of the county's `system` that it comes from.
    """

    key: str
    title: str
    dataset: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    counted: Days | None = None
    records: Records | None = None
    dash_is_none: bool = False
    tolerance: float = 0.0
    by_area: bool = False
    headed: str | None = None
    words: tuple[str, ...] = ()
    system: Literal["discharges_system"] | None = None

    def column(self, key: str) -> Column:
        """The column with this key; raises KeyError where there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @cached_property
    def dimensions(self) -> tuple[Column, ...]:
        """The columns that say where and when; a category of a single record is no such thing."""
        single = self.records is not None
        return tuple(
            column
            for column in self.columns
            if column.kind.dimension and not (single and column.kind.category)
        )

    @cached_property
    def told_apart(self) -> tuple[str, ...]:
        """What tells values apart besides when, which place and which form of care, by key."""
        others = (c for c in self.dimensions if not (c.kind.period or c.kind.place))
        return tuple(column.key for column in others if column.key != "care_form")

    @cached_property
    def measures(self) -> tuple[Column, ...]:
        """The columns that hold what is added up: counts, and in tables amounts."""
        added = (c for c in self.columns if c.kind.counted or (self.tables and c.kind.money))
        return tuple(added)

    @property
    def tables(self) -> bool:
        """Whether the file is a table of counts, with totals that are check sums."""
        return not (self.counted or self.records)

    @property
    def selective(self) -> bool:
        """Whether a file could be of some people only; amounts are of who gets them."""
        return not any(column.kind.money for column in self.columns)

    @property
    def cases(self) -> bool:
        """Whether a row is about a single stay or case; then the original is not kept."""
        return self.counted is not None or (self.records is not None and self.records.cases)
