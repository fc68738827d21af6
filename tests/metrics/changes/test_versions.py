"""What differs between two versions, indicator by indicator and period by period."""

from pathlib import Path

import pytest

import pipeline
from metrics.changes.comparison import PeriodChange

HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"


def load(folder: Path, text: str) -> pipeline.Preview:
    path = folder / "export.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    with pipeline.checked(path) as file:
        seen = pipeline.preview(file)
        pipeline.publish(file)
    return seen


def days(found: pipeline.Preview) -> list[PeriodChange]:
    return [change for change in found.periods if change.indicator == "ready_days"]


def test_two_versions_differ_by_what_came_between_them_either_way(data: Path) -> None:
    load(data, "2019-07;Ale;40;20\n2019-08;Ale;50;30\n")
    load(data, "2019-09;Ale;40;20\n")
    seen = load(data, "2019-08;Ale;50;35\n")
    # Of a month: Ale, SIMBA and the county.
    none = PeriodChange("ready_days", "2019-07", new=0, changed=0, lost=0, unchanged=3)
    corrected = PeriodChange("ready_days", "2019-08", new=0, changed=3, lost=0, unchanged=0)
    here = PeriodChange("ready_days", "2019-09", new=0, changed=0, lost=0, unchanged=3)
    assert {c.period: (c.new, c.changed, c.lost) for c in days(seen)} == {
        "2019-07": (0, 0, 0),
        "2019-08": (0, 3, 0),
        "2019-09": (0, 0, 0),
    }
    assert days(pipeline.between(2, 3)) == [none, corrected, here]
    came = PeriodChange("ready_days", "2019-09", new=3, changed=0, lost=0, unchanged=0)
    assert days(pipeline.between(1, 3)) == [none, corrected, came]
    gone = PeriodChange("ready_days", "2019-09", new=0, changed=0, lost=3, unchanged=0)
    assert days(pipeline.between(3, 1)) == [none, corrected, gone]
    assert pipeline.between(2, 2).periods == ()
    old_to_new = {(c.place, c.old, c.new) for c in pipeline.between(1, 3).largest}
    assert ("1440", 30, 35) in old_to_new


def test_a_version_that_is_not_kept_is_no_version(data: Path) -> None:
    load(data, "2019-07;Ale;40;20\n")
    with pytest.raises(KeyError):
        pipeline.between(1, 2)
