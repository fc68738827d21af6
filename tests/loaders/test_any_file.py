"""Whatever a file holds, the answer is facts or problems of the catalogue, never an exception."""

import csv
import random
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import settings as configured
from loaders.answering.receipt import Role
from loaders.delivery import Delivery, delivery
from loaders.problems import KINDS
from tests.effort import examples, parametrize_some
from tests.loaders.sheets import Row, write_text, write_workbook

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
ODD: list[object] = [
    *("", " ", "-", "..", ".", "0", "-1", "1e308", "nan", "12,5", "1 234", "=1+1", "'", '"', ";"),
    *("\u00a0", "Totalt", "Summa Skaraborg", "Kommun", "Månad", "2019-13", "jan-20", "1480", "Å"),
    *("Göteborg", "SU", "Somatik", "x" * 5000, "\ufffd", "\U0001f9d1", "2019-07-01", None, 10**18),
    *(0.1, True, -5, "null", "1\n2", "{}", "$path", "drop table load", "\\", "%", "1900", "190001"),
]
BOUNDED = settings(
    max_examples=examples(5),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as path:
        yield Path(path)


def answer(path: Path) -> None:
    """Check the file and that the answer hangs together."""
    with delivery(path, limits=configured.settings()) as file:
        assert {problem.code for problem in file.problems} <= KINDS.keys()
        assert all(problem.message.endswith((".", "?")) for problem in file.problems)
        adds_up(file)
        if file.ok:
            assert file.export is not None
            whole(file)


def adds_up(file: Delivery) -> None:
    """The receipt has every cell with something in it exactly once, and says why of the unread."""
    if file.receipt is None or file.book is None:
        assert (file.receipt, file.book) == (None, None)
        return
    filled = sum(
        any(unicodedata.category(sign) != "Zs" for sign in cell or "")
        for sheet in (*file.book.sheets, *file.book.hidden)
        for row in file.connection.execute(f"from {sheet.table}").fetchall()
        for cell in row
    )
    assert file.receipt.cells == filled == sum(file.receipt.count(role) for role in Role)
    unread = {Role.SET_ASIDE, Role.UNREAD_COLUMN, Role.UNREAD_SHEET}
    assert all(part.reason for part in file.receipt.parts if part.role in unread)


def whole(file: Delivery) -> None:
    """Every fact has its month and municipality, stands once, and is a count or has a reason."""
    odd = file.connection.execute(
        """
        select *
        from fact
        where period is null
            or municipality is null
            or (state = 'ok') <> (value is not null)
            or value < 0
            or value <> floor(value)
        """
    ).fetchall()
    assert odd == []
    twice = file.connection.execute(
        """
        select 1
        from fact
        group by period, municipality, hospital, care_form, measure
        having count(*) > 1
        """
    ).fetchall()
    assert twice == []


def original(name: str) -> list[Row]:
    if name.endswith(".xlsx"):
        sheet = openpyxl.load_workbook(EXPORTS / name).worksheets[0]
        return [list(row) for row in sheet.iter_rows(values_only=True)]
    with (EXPORTS / name).open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return [list(row) for row in list(csv.reader(file, delimiter=";"))[:60]]


NAMES = [
    "utskrivningsklar_2019-07.xlsx",
    "utskrivningsklar_2020_manader.xlsx",
    "utskrivningsklar_2018-10_2020-12.csv",
    "vardtillfallen_2019_kv2.csv",
]
ROWS = {name: original(name) for name in NAMES}


@parametrize_some("name", NAMES, usual=2)
@BOUNDED
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 12), as_text=st.booleans())
def test_cells_changed_rows_and_columns_moved(
    name: str, seed: int, changes: int, as_text: bool
) -> None:
    chance = random.Random(seed)
    rows = [list(row) for row in ROWS[name]]
    for _ in range(changes):
        row = chance.randrange(min(len(rows), 12) if chance.random() < 0.5 else len(rows))
        what = chance.random()
        if what < 0.6 and rows[row]:
            rows[row][chance.randrange(len(rows[row]))] = chance.choice(ODD)
        elif what < 0.7:
            del rows[row]
        elif what < 0.8:
            rows.insert(row, list(chance.choice(rows)))
        elif what < 0.9:
            at = chance.randrange(10)
            for line in rows:
                line.insert(at, None)
        else:
            at = chance.randrange(10)
            for line in rows:
                del line[at : at + 1]
    with folder() as place:
        if as_text:
            answer(write_text(place / "fil.csv", rows))
        else:
            answer(write_workbook(place / "fil.xlsx", {"Juli 2019": rows}))


@pytest.mark.parametrize("name", [*NAMES, "utskrivningsklar_2020_manader.xls"])
@BOUNDED
@given(seed=st.integers(0, 2**32))
def test_bytes_changed(name: str, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray((EXPORTS / name).read_bytes()[: 20_000 if name.endswith("csv") else None])
    for _ in range(chance.randrange(1, 20)):
        at = chance.randrange(len(content))
        content[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) :]
    with folder() as place:
        path = place / "fil"
        path.write_bytes(bytes(content))
        answer(path)
