"""Frames to draw, and the comparison with stored figures."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import plotly
import pytest

from charts.drawn import Drawn

DATA = Path(__file__).with_name("data")


@pytest.fixture
def points() -> pd.DataFrame:
    """Fourteen months: a gap, one concern and a run of improvement at the end."""
    values = [0.8, 0.7, 0.9, 1.6, 0.8, None, 0.9] + [0.5] * 7
    kinds = ["common_cause"] * 14
    kinds[3] = "special_cause_concern"
    kinds[7:] = ["special_cause_improvement"] * 7
    frame = pd.DataFrame(
        {
            "period": [f"2019-{month:02d}" for month in range(3, 13)]
            + [f"2020-{month:02d}" for month in range(1, 5)],
            "value": values,
            "mean": 0.75,
            "lower": 0.3,
            "upper": 1.2,
            "point_type": kinds,
            "preliminary": False,
        }
    )
    frame["point_type"] = frame["point_type"].astype(object).where(frame["value"].notna(), None)
    return frame


@pytest.fixture
def same_as_stored() -> Callable[[Drawn, str], None]:
    """Compares a figure with `data/<name>.json`; a file that is not there is written and fails."""

    def compare(figure: Drawn, name: str) -> None:
        drawn = json.loads(plotly.io.to_json(figure.to_dict(), validate=False))
        file = DATA / f"{name}.json"
        if not file.exists():
            text = json.dumps(drawn, ensure_ascii=False, indent=1, sort_keys=True)
            file.write_text(text + "\n", encoding="utf-8")
            pytest.fail(f"{file.name} was missing: look at what has been written, and keep it")
        assert drawn == json.loads(file.read_text(encoding="utf-8"))

    return compare
