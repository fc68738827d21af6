"""The audit: every line is bound to the one before, and people can be forgotten all the same."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.warehouse.kinds import own_files
from warehouse.journal import audit, journal, known
from warehouse.journal.audit import EventKind


@pytest.fixture(autouse=True)
def lines(data: Path) -> None:
    for number in range(4):
        audit.record(EventKind.CHECK, f"fil {number}")


def test_the_chain_holds(data: Path) -> None:
    assert list(audit.broken()) == []
    assert [line.about for line in audit.lines()] == ["fil 3", "fil 2", "fil 1", "fil 0"]
    assert audit.latest(EventKind.CHECK) == "fil 3"


@own_files
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("update audit set about = 'en annan fil' where id = 2", [2]),
        ("update audit set who = 'någon annan' where id = 4", [4]),
        ("delete from audit where id = 2", [3]),
        ("delete from audit where id = 1", [2]),
        ("insert into audit select 9, at, who, act, about, origin, 'x', hash from audit", [9]),
    ],
)
def test_what_is_done_behind_its_back_is_found(
    data: Path, statement: str, found: list[int]
) -> None:
    with closing(sqlite3.connect(journal.path())) as book, book:
        if not statement.startswith("insert"):
            with pytest.raises(sqlite3.IntegrityError, match="is never"):
                book.execute(statement)
        book.execute("drop trigger audit_is_not_changed")
        book.execute("drop trigger audit_is_not_deleted")
        book.execute(
            statement.replace("from audit", "from audit limit 1") if "9" in statement else statement
        )
    assert list(audit.broken()) == found


@own_files
def test_the_last_lines_are_missed_by_a_hash_that_was_kept(data: Path) -> None:
    first, last = audit.lines()[-1].hash, audit.lines()[0].hash
    with closing(sqlite3.connect(journal.path())) as book, book:
        book.execute("drop trigger audit_is_not_deleted")
        book.execute("delete from audit where id = 4")
    audit.record(EventKind.CHECK, "en rad till")
    assert list(audit.broken()) == []
    assert audit.lost([first.upper(), last]) == [last]


@own_files
def test_a_line_that_was_written_anew_with_its_hash_is_found_by_the_next(data: Path) -> None:
    line = audit.lines()[1]
    with closing(sqlite3.connect(journal.path())) as book, book:
        book.execute("drop trigger audit_is_not_changed")
        told = (line.id, line.at, line.who, line.act, "annat", line.origin, line.before)
        book.execute(
            "update audit set about = 'annat', hash = ? where id = 3", (audit._hash(told),)
        )
    assert list(audit.broken()) == [4]


def test_two_who_write_at_once_make_one_chain(data: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: audit.record(EventKind.CHECK, f"samtidig {number}"), range(8)))
    assert len(audit.lines()) == 12
    assert list(audit.broken()) == []


@own_files
def test_a_person_is_forgotten_and_the_chain_holds(data: Path) -> None:
    mark = known.arrived(subject="s1", name="Prov", origin="10.0.0.1")
    assert known.arrived(subject="s1", name="Prov Två", origin="10.0.0.1") == mark
    assert known.shown(mark) == "Prov Två"
    before = [line.hash for line in reversed(audit.lines())]
    known.forget(mark)
    assert known.shown(mark) == f"Någon ({mark})"
    assert [line.hash for line in reversed(audit.lines())][: len(before)] == before
    assert list(audit.broken()) == []
    assert b"Prov" not in journal.path().read_bytes()
    with pytest.raises(KeyError):
        known.forget(mark)
    # Whoever comes again is somebody new.
    assert known.arrived(subject="s1", name="Prov", origin="10.0.0.1") != mark
