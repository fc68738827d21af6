"""Tables that are written into the documents stand between marks."""

import pytest

from benchmarks.__main__ import MINUTES
from benchmarks.measured import PAGE, Measured, table
from commands.guide import GUIDE, filled, written


def test_the_guide_has_its_tables_as_the_declarations_say() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert written(guide) == guide


def test_what_is_measured_has_its_place_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    told = table(Measured([["vad", "s"], ["en sida", "1,2"]]))
    for part in MINUTES:
        text = filled(text, part, told, by="make benchmark")
        assert filled(text, part, told, by="make benchmark") == text
    assert text.count("| vad | s |\n| --- | --- |\n| en sida | 1,2 |\n") == len(MINUTES)


def test_what_has_no_place_is_said() -> None:
    with pytest.raises(ValueError, match="no marks for loading"):
        filled("# Uppmätt\n", "loading", [], by="make benchmark")
