"""Where a period begins, ends and has its middle on an axis of time; the palette is one."""

import tomllib
from pathlib import Path

import pytest

from charts import theme


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-K1", "2026-01-01", "2026-03-28"),
        ("2026-K4", "2026-10-01", "2026-12-28"),
        ("2026", "2026-01-01", "2026-12-28"),
    ],
)
def test_the_ends_of_a_period_hold_its_middle(period: str, first: str, last: str) -> None:
    assert theme.ends(period) == (first, last)
    assert first < theme.middle(period) < last


def test_streamlits_own_parts_have_the_same_colours() -> None:
    config = Path(__file__).parents[2] / ".streamlit" / "config.toml"
    own = tomllib.loads(config.read_text(encoding="utf-8"))["theme"]
    assert own["textColor"] == theme.INK
    assert own["backgroundColor"] == theme.PAPER
    assert own["borderColor"] == theme.RULE
    assert own["primaryColor"] == own["linkColor"] == theme.ACCENT
