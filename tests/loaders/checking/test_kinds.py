"""What a cell's text is as a number, for what it says in place of one."""

from collections.abc import Iterator
from importlib.resources import files

import duckdb
import pytest

from loaders.kinds.periods import whole_month


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as found:
        found.execute(files("loaders.checking").joinpath("kinds.sql").read_text(encoding="utf-8"))
        yield found


@pytest.mark.parametrize(
    ("text", "state", "value"),
    [
        *((text, "ok", 47.0) for text in ("47", "47*", "47 *", "47 1)", "47¹", "47 pat.", "４７")),
        *((text, "ok", 47.0) for text in ("4\u00ad7", "47\u200b", "\ufeff47")),
        *((text, "missing", None) for text in ("NA", "N/A", "NULL")),
        *((text, "ok", 1591.0) for text in ("1 591", "1\u00a0591", "1'591", "'1591", "1591 st")),
        *((text, "ok", None) for text in ("4 7", "15 91", "1 5912", "471)", "(47)", "47-", "47a")),
        *((text, "missing", None) for text in ("-", "–", "--", "u.s.", "uppg. saknas", "i.u.")),
        *((text, "confidential", None) for text in ("1..4", "0–4", "5 eller färre", "Sekretess")),
        ("e.t.", "not-applicable", None),
    ],
)
def test_numbers_are_as_people_write_them(
    text: str, state: str, value: float | None, connection: duckdb.DuckDBPyConnection
) -> None:
    found = connection.execute(
        "select cell_state($text), case when cell_state($text) = 'ok' then count_of($text) end",
        {"text": text},
    ).fetchone()
    assert found == (state, value)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *((text, "2019-07") for text in ("31/7 2019", "01.07.2019", "2019-07-31 23:59:59")),
        *((text, "2019-07") for text in ("1 juli 2019", "31 juli 2019", "1/7-31/7 2019")),
        *((text, None) for text in ("15 juli 2019", "1/7-15/7 2019")),
        *((text, "2019-07") for text in ("1–31 juli 2019", "43647", "43677", "2019-07-31*")),
        *((text, "2019-07") for text in ("2019-06-30T22:00:00Z", "2019-07-01T00:00:00+02:00")),
        *((text, None) for text in ("15/7 2019", "43650", "1–30 juli 2019", "31/6 2019")),
    ],
)
def test_whole_months_are_told_by_their_days(text: str, month: str | None) -> None:
    assert whole_month(text) == month
