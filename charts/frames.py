"""Finished frames as rows to draw from."""

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

import pandas as pd

if TYPE_CHECKING:
    from dataclasses import Field


class _Shape(Protocol):
    __dataclass_fields__: ClassVar[dict[str, "Field[Any]"]]


_S = TypeVar("_S", bound=_Shape)


def rows_of(frame: pd.DataFrame, shape: type[_S]) -> list[_S]:
    """The rows in order, in a shape of `charts.rows`.

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
