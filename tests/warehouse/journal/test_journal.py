"""The journal is kept beside the versions, whole or not at all."""

import sqlite3
from pathlib import Path

import pytest

from settings import warehouse_dir
from warehouse.journal import journal
from warehouse.store import Busy, Unwritable

_COMMENT = """
    insert into comment (indicator, place, period, text, author, written_at)
    values ('mean_days', 'lan', '2026-01', 'Två bytte system.', 'Handläggare', '2026-02-01')
"""


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))


def comments() -> list[str]:
    with journal.opened() as book:
        return [row["text"] for row in book.execute("select text from comment order by id")]


def test_what_is_written_is_there_for_the_next_reader() -> None:
    with journal.opened() as book:
        book.execute(_COMMENT)
    assert comments() == ["Två bytte system."]


def test_nothing_is_written_where_something_fails() -> None:
    with pytest.raises(ZeroDivisionError), journal.opened() as book:
        book.execute(_COMMENT)
        raise ZeroDivisionError
    assert comments() == []


def test_a_journal_that_another_holds_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text("lock_wait_seconds = 0.1\n", encoding="utf-8")
    assert comments() == []
    other = sqlite3.connect(warehouse_dir() / "journal.sqlite")
    other.execute("begin exclusive")
    with pytest.raises(Busy, match="Inget har ändrats"), journal.opened() as book:
        book.execute(_COMMENT)
    other.close()
    assert comments() == []


def test_a_folder_that_is_a_file_cannot_be_written(tmp_path: Path) -> None:
    warehouse_dir().write_text("", encoding="utf-8")
    with pytest.raises(Unwritable, match="Inget har ändrats"):
        comments()
