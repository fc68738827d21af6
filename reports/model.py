"""A finished report as data: what every writer is given, and all that it knows.

Numbers are finished: a writer decides where things stand and how they look, never what they say.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import pandas as pd

from reports.manifest import Manifest
from views.cards import Card

_MOST_UPRIGHT = 8


class ReportError(ValueError):
    """A report that cannot be made; the message says in Swedish why, and what to do instead."""


class CallError(ReportError):
    """A report asked for in the wrong way: of a place, period or format that there is not."""


@dataclass(frozen=True)
class Text:
    """A paragraph; `quoted` is what a user has written."""

    text: str
    quoted: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading within a part."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list of things to say, in order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Cards:
    """A few numbers as cards."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Head:
    """A table's column: its heading, and the decimals of its numbers (None for text)."""

    text: str
    decimals: int | None = None


@dataclass(frozen=True)
class ReportCell:
    """A table's cell as it is read, and the number behind it where there is one."""

    text: str
    value: float | None = None


@dataclass(frozen=True)
class ReportTable:
    """A table with one row of headings, its first column heading the rows.

    `name` is what it is called where room is short, as on a tab; `note` explains signs.
    """

    title: str
    name: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[ReportCell, ...], ...]
    note: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether its columns are more than an upright page has good room for."""
        return len(self.heads) > _MOST_UPRIGHT


@dataclass(frozen=True, eq=False)
class SeriesChart:
    """A series over time with its limits, target and readings.

    `frame`, one row a period in order: `label` (`okt 2026`), `value` (NaN leaves a gap), `mean`,
    `lower`, `upper`, `target` (NaN where there is none), `point_type` (metrics.spc's labels, None
    without a reading), whether it is `partial` and, if any, whether new limits have their `starts`
    there. Values are in `unit`. `target_text` is what the target is called and is, `events` the row
    at which something happened, and what.
    """

    title: str
    frame: pd.DataFrame
    unit: str
    decimals: int
    target_text: str
    alt: str
    events: tuple[tuple[int, str], ...] = ()


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
    one that the report is about last (NaN where there is no value). `why` says, for the row and
    column of a bar that is not there, what it is: `skyddad`.
    """

    title: str
    frame: pd.DataFrame
    unit: str
    decimals: int
    alt: str
    why: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class FunnelChart:
    """Places by size, and the limits that chance allows around what they have together.

    `points`: `name`, `inhabitants`, `rate`, `position` (`inside`, or `above_95`, `above_998`,
    `below_95`, `below_998`), `highlight`, and whether it is `named`. `curve`: `inhabitants`,
    `lower_998`, `lower_95`, `upper_95` and `upper_998`, in order of inhabitants. `rate` is the
    common one.
    """

    title: str
    points: pd.DataFrame
    curve: pd.DataFrame
    rate: float
    unit: str
    alt: str


Chart: TypeAlias = SeriesChart | BarChart | ColumnChart | FunnelChart
Block: TypeAlias = Text | Heading | Points | Cards | Chart | ReportTable


def leading(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks are the last text before a picture or table, and so stand on its page; to keep
    all text before it there too would leave pages half empty."""
    after = [*blocks[1:], None]
    return [
        isinstance(block, Text) and isinstance(following, Chart | ReportTable)
        for block, following in zip(blocks, after, strict=True)
    ]


@dataclass(frozen=True)
class Part:
    """A slide, or a chapter of a document.

    `label` is the matter that the part is of, where the title is what it finds; `say` is what to
    say of it, for the presenter, and `source` where its own numbers are from, empty where it is the
    report's. A `divider` parts what follows from the rest.
    """

    title: str
    blocks: tuple[Block, ...]
    label: str = ""
    say: tuple[str, ...] = ()
    source: str = ""
    divider: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report: its parts, what is said first, and what stands on every page.

    `manifest` has the numbers that are shown, and the code that pages carry; `public_address` is
    where readers reach the dashboard, empty where that is not known.
    `head` (label and text) stands over a document as over other documents of an errand.
    `banner` is for demo data and empty for real. `notices` say what is incomplete. `footer` is the
    source, date, version and disclosure note, and `stamp` the date and version alone. `sheets` and
    `notes` (label and text) are what a workbook of the report holds. `made` is the one time stamp
    in a file.
    """

    title: str
    subtitle: str
    organisation: str
    parts: tuple[Part, ...]
    footer: tuple[str, ...]
    stamp: str
    made: datetime.datetime
    manifest: Manifest | None = None
    public_address: str = ""
    head: tuple[tuple[str, str], ...] = ()
    banner: str = ""
    notices: tuple[str, ...] = ()
    sheets: tuple[ReportTable, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """`SV-7K2M`, by which the report's numbers answer for themselves; empty without any."""
        return self.manifest.code if self.manifest else ""

    @property
    def link(self) -> str:
        """Where it is told how the numbers stand now; empty without a code or a known address."""
        if not (self.code and self.public_address):
            return ""
        return f"{self.public_address.rstrip('/')}/rapporter?kod={self.code}"
