"""A finished report as data: what every writer is given, and all that it knows.

Numbers are finished: a writer decides where things stand and how they look, never what they say.
"""

import datetime
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from views.cards import Fact


class ReportError(ValueError):
    """A report that cannot be made; the message says in Swedish why, and what to do instead."""


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading within a part."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list of things to say, in order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """A few numbers as cards."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Head:
    """A table's column: its heading, and the decimals of its numbers (None for text)."""

    text: str
    decimals: int | None = None


@dataclass(frozen=True)
class Cell:
    """A table's cell as it is read, and the number behind it where there is one."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class Table:
    """A table with one row of headings, its first column heading the rows.

    `name` is what it is called where room is short, as on a tab; `note` explains signs.
    """

    title: str
    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, eq=False)
class SeriesChart:
    """A series over time with its limits, target and readings.

    `frame`, one row a period in order: `label` (`okt 2026`), `value` (NaN leaves a gap), `mean`,
    `lower`, `upper`, `target` (NaN where there is none) and `point_type` (metrics.spc's labels,
    None without a reading). Values are in `unit`.
    """

    title: str
    frame: pd.DataFrame
    unit: str
    decimals: int
    target_text: str
    alt: str


@dataclass(frozen=True, eq=False)
class BarChart:
    """Places in order, the first on top.

    `frame`: `name`, `value` (NaN where there is none), `note` (why there is no bar, or what to know
    of it, else empty) and `kind`: `place`, or `reference` for what the others are held against.
    """

    title: str
    frame: pd.DataFrame
    unit: str
    decimals: int
    alt: str


@dataclass(frozen=True, eq=False)
class ColumnChart:
    """A few series side by side for each of some categories.

    `frame`: the categories as index, in order, and a column for each series by its name, the
    one that the report is about last (NaN where there is no value).
    """

    title: str
    frame: pd.DataFrame
    unit: str
    decimals: int
    alt: str


@dataclass(frozen=True, eq=False)
class FunnelChart:
    """Places by size, and the limits that chance allows around what they have together.

    `points`: `name`, `inhabitants`, `rate`, `position` (`inside`, or `above_95`, `above_998`,
    `below_95`, `below_998`) and `highlight`. `curve`: `inhabitants`, `lower_998`, `lower_95`,
    `upper_95` and `upper_998`, in order of inhabitants. `rate` is the common one.
    """

    title: str
    points: pd.DataFrame
    curve: pd.DataFrame
    rate: float
    unit: str
    alt: str


Chart: TypeAlias = SeriesChart | BarChart | ColumnChart | FunnelChart
Block: TypeAlias = Text | Heading | Points | Facts | Chart | Table


@dataclass(frozen=True)
class Part:
    """A slide, or a chapter of a document."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report: its parts, what is said first, and what stands on every page.

    `banner` is for demo data and empty for real. `notices` say what is incomplete. `footer` is the
    source, date, version and disclosure note. `sheets` and `notes` (label and text) are what a
    workbook of the report holds. `made` is the one time stamp in a file. A `wide` report is set on
    a single landscape page.
    """

    title: str
    subtitle: str
    organisation: str
    parts: tuple[Part, ...]
    footer: tuple[str, ...]
    made: datetime.datetime
    banner: str = ""
    notices: tuple[str, ...] = ()
    sheets: tuple[Table, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    wide: bool = False
