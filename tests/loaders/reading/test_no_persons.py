"""What only looks like a person is asked about, remembered and audited; what is one is refused."""

from pathlib import Path

import pytest

import pipeline
from loaders.answering.profiles import not_persons, remove
from loaders.questions import NOT_PERSONS, Answers, Question
from loaders.reading.persons import SearchedColumn, judge
from pipeline.purging import holding_persons
from tests.loaders.sheets import Rows
from tests.loaders.written import read, write
from warehouse.journal import audit

# Passes the check digit, as one number in ten does.
NUMBER = "121212-1212"
ROWS: Rows = (
    ("Månad", "Kommun", "Antal utskrivna", "Antal dagar", "Partinr"),
    ("2019-07", "Ale", 10, 4, NUMBER),
    ("2019-07", "Tjörn", 3, 1, "121212-1213"),
)
KEY = "Partinr (999999-9999)"


@pytest.fixture(autouse=True)
def _empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))


def _asked(path: Path) -> list[Question]:
    return [p.question for p in read(path).problems if p.question]


def test_an_answer_holds_for_the_pattern_in_the_column_and_is_audited(tmp_path: Path) -> None:
    path = write(tmp_path, ROWS)
    assert [question.key for question in _asked(path)] == [KEY]
    assert NUMBER not in str(read(path).problems)
    with pipeline.checked(path, answers=Answers(((KEY, NOT_PERSONS),))) as file:
        assert file.ok
        pipeline.publish(file)
    assert not_persons() == (KEY,)
    assert [line.about for line in audit.lines() if line.act == "inte en person"] == [
        f"{KEY}, inläsning 1"
    ]
    assert holding_persons() == []
    later = [*ROWS[:1], ("2019-08", "Ale", 7, 4, "101010-1010"), ("2019-08", "Tjörn", 3, 1, "")]
    assert not _asked(write(tmp_path, later, name="nästa"))
    remove(KEY)
    assert [load.file for load in holding_persons()] == ["fil.csv"]


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Personnummer", [NUMBER]),
        ("Sista fyra", [NUMBER]),
        ("Partinr", [NUMBER, "101010-1010", "111111-1116"]),
        ("Partinr", [f"se {NUMBER}"]),
        ("", [NUMBER]),
    ],
)
def test_what_is_a_person_is_never_asked_about(heading: str, texts: list[str]) -> None:
    judged = judge(SearchedColumn(texts, [heading]), {KEY.casefold()})
    assert judged.person is not None
    assert judged.unclear is None
