"""Finished frames as rows to draw from."""

from typing import Any

import pandas as pd


def rows_of(frame: pd.DataFrame) -> list[Any]:
    """The rows in order, their columns as attributes."""
    return list(frame.itertuples(index=False))


def cells_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows in order, their columns as keys."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
