"""A figure as it is sent to the browser: Plotly's specification in plain dictionaries.

Plotly's own objects check every setting as it is set, which took a third of a page's time. What is
drawn here is checked by the tests, where `data` and `layout` give those objects.
"""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure


class Drawn(BaseFigure):  # type: ignore[misc] # Plotly has no types
    """Traces and a layout, drawn upon by the methods that Plotly's figure has for it."""

    def __init__(self, layout: dict[str, Any]) -> None:
        # Without BaseFigure's own: it is one so that Streamlit takes it as checked.
        self._traces: list[dict[str, Any]] = []
        self._plan = layout | {"shapes": [], "annotations": []}

    def add_scatter(self, **settings: Any) -> None:
        """Add a trace of points or a line."""
        self._add("scatter", settings)

    def add_bar(self, **settings: Any) -> None:
        """Add a trace of bars."""
        self._add("bar", settings)

    def add_shape(self, **settings: Any) -> None:
        """Add a shape."""
        self._plan["shapes"].append(settings)

    def add_annotations(self, several: Iterable[dict[str, Any]]) -> None:
        """Add texts, as `theme.annotation` makes them."""
        self._plan["annotations"].extend(several)

    def update_xaxes(self, **settings: Any) -> None:
        """Set what is told of every x axis."""
        self._update("xaxis", settings)

    def update_yaxes(self, **settings: Any) -> None:
        """Set what is told of every y axis."""
        self._update("yaxis", settings)

    def update_layout(self, **settings: Any) -> None:
        """Set what is told of the layout."""
        self._plan |= settings

    def to_dict(self) -> dict[str, Any]:
        """The specification."""
        return {"data": self._traces, "layout": self._plan}

    @property
    def data(self) -> Any:
        """The traces as Plotly's objects, for those who look at them."""
        return go.Figure(self.to_dict()).data

    @property
    def layout(self) -> Any:
        """The layout as Plotly's objects, for those who look at it."""
        return go.Figure(self.to_dict()).layout

    def _add(self, kind: str, settings: dict[str, Any]) -> None:
        self._traces.append(
            {"type": kind}
            | {key: _plain(told) for key, told in settings.items() if told is not None}
        )

    def _update(self, axis: str, settings: dict[str, Any]) -> None:
        for name in [name for name in self._plan if name.startswith(axis)]:
            self._plan[name] = self._plan[name] | settings


def _plain(told: Any) -> Any:
    """Numbers of a frame as a list, with None where there is none."""
    if isinstance(told, pd.Series):
        return [None if pd.isna(value) else value for value in told.tolist()]
    return told
