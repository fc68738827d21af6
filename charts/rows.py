"""The shapes of finished frames: a class a frame, whose fields are the columns that a row has.

A field with a value here may lack in a frame. A number that is not known is NaN, and `status` says
why.
"""

import datetime
import math
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

import pandas as pd

from metrics.spc.xmr import PointType
from views.coverage import DeliveryState

if TYPE_CHECKING:
    from dataclasses import Field


@dataclass(frozen=True, slots=True)
class PointRow:
    """A period of a trend, with the limits that it is read against."""

    period: str
    value: float
    mean: float
    point_type: PointType | None
    status: str = "ok"


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A place in a ranking; `low` and `high` are the ends of its interval."""

    name: str
    value: float
    status: str
    point_type: PointType | None = None
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True, slots=True)
class BarRow:
    """A municipality in a ranking, by its code."""

    place: str
    name: str
    value: float
    status: str
    point_type: PointType | None = None


@dataclass(frozen=True, slots=True)
class HospitalRow:
    """A hospital in a ranking by a share, and the share's parts."""

    name: str
    value: float
    status: str
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class LineRow:
    """What a ranking is held against: a place's value or the target, and which it is."""

    text: str
    value: float
    kind: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """A dated event."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class BreakRow:
    """A period that does not compare with those before it, and why."""

    period: str
    text: str


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A sum of money, what kind of sum it is, and whether it is a lower bound."""

    name: str
    detail: str
    value: float
    kind: str
    bound: str


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """A place by inhabitants and rate, and where it lies among the limits."""

    name: str
    rate: float
    count: float
    inhabitants: float
    position: str
    highlight: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class TileRow:
    """A municipality on the tile map; `shade` is from 1 to 5, 0 for none."""

    place: str
    name: str
    value: float
    status: str
    shade: int
    highlight: bool
    tile_col: int
    tile_row: int


@dataclass(frozen=True, slots=True)
class ShadeRow:
    """The values that a shade stands for."""

    shade: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A municipality with a line of its own."""

    place: str
    name: str
    area: str
    area_name: str
    value: float
    status: str


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """How many cases a process has in a quarter."""

    process: str
    period: str
    value: float
    status: str


@dataclass(frozen=True, slots=True)
class AbsentRow:
    """What an area has not reported."""

    area: str
    missing: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How it stands with a period of an area."""

    period: str
    place: str
    state: DeliveryState
    reported: int
    expected: int


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """How far a dataset reaches, and by which load."""

    dataset: str
    last_period: str
    file: str
    loaded_at: datetime.datetime


class _Shape(Protocol):
    __dataclass_fields__: ClassVar[dict[str, "Field[Any]"]]


_S = TypeVar("_S", bound=_Shape)


def rows_of(frame: pd.DataFrame, shape: type[_S]) -> list[_S]:
    """The rows in order, in one of the shapes above.

    Raises KeyError where the frame lacks a column that the shape needs.
    """
    columns = [
        field.name
        for field in fields(shape)
        if field.default is MISSING or field.name in frame.columns
    ]
    rows = frame[columns].itertuples(index=False, name=None)
    return [shape(**dict(zip(columns, row, strict=True))) for row in rows]


def cells_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows in order, their columns as keys."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
