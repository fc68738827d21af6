"""The figures of pages, where there is little to draw."""

from pathlib import Path

from ui.shown import figures


def test_without_any_value_nothing_is_drawn_beside(data: Path) -> None:
    assert figures.beside("deviations_per_10000", place="1480", period="2025-K1") is None
