"""The journal is kept beside the versions, whole or not at all."""

import sqlite3
import subprocess
import sys
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


def test_a_byte_that_has_changed_on_the_disk_is_noticed_and_the_journal_can_be_gone_on_with(
    tmp_path: Path,
) -> None:
    for _ in range(3):
        with journal.opened() as book:
            book.execute(_COMMENT)
    whole = journal.path().read_bytes()
    letter = whole.index(b"bytte")
    # The last: in the name of an index, which SQLite tells of, so that it is no text any longer.
    for at in (30, letter, len(whole) - 1, whole.index(b"sqlite_autoindex") + 10):
        broken = bytearray(whole)
        broken[at] ^= 128
        journal.path().write_bytes(broken)
        assert "samverkan repair" in journal.trouble(), at
        # Whoever wrote on would seal what is wrong.
        with pytest.raises(Unwritable, match="samverkan repair"):
            comments()
        assert not journal.exists()
    journal.path().write_bytes(whole[:letter] + b"B" + whole[letter + 1 :])
    assert journal.is_readable()
    journal.accept()
    assert (journal.trouble(), len(comments())) == ("", 3)
    (kept,) = (tmp_path / "set-aside").iterdir()
    assert b"Bytte" in kept.read_bytes()


def test_what_another_program_writes_is_no_damage() -> None:
    with journal.opened() as book:
        book.execute(_COMMENT)
    with sqlite3.connect(journal.path()) as other:
        other.execute(_COMMENT)
    other.close()
    assert (journal.trouble(), len(comments())) == ("", 2)


def test_to_look_whether_it_has_changed_lets_no_other_process_write_meanwhile() -> None:
    with journal.opened() as book:
        book.execute(_COMMENT)
        assert journal.changes()
        other = "import sqlite3, sys; sqlite3.connect(sys.argv[1], 0.1).execute('begin immediate')"
        done = subprocess.run(
            [sys.executable, "-c", other, journal.path()], capture_output=True, check=False
        )
    assert b"database is locked" in done.stderr
