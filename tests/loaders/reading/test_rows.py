"""A quotation mark never swallows the lines after it: every line is a row, part of one, or said."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.problems import Refused
from loaders.reading import limits
from loaders.reading.dialect import Dialect, usual_widths
from loaders.reading.rows import write_rows
from loaders.reading.text import understand
from tests.loaders.conftest import Check

HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar;Kommentar\n"


def rows_of(folder: Path, content: str, *, separator: str = ";") -> list[list[str]]:
    source, target = folder / "in.csv", folder / "ut.csv"
    source.write_text(content, encoding="utf-8", newline="")
    widths = usual_widths(content.splitlines(), separator=separator, quote='"')
    written, _ = write_rows(source, target, Dialect(separator, '"', widths))
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=separator, strict=True))
    assert len(rows) == written
    return rows


@pytest.mark.parametrize(
    ("comment", "read"),
    [
        ('"Ring" sa hon', '"Ring" sa hon'),
        ('"Ring', '"Ring'),
        ('sa "Ring"', 'sa "Ring"'),
        ('"Ring"', "Ring"),
        ('"sa ""Ring"""', 'sa "Ring"'),
        ('"ett; två"', "ett; två"),
        ('"ett\ntvå"', "ett två"),
        ('"ett; två\ntre; fyra\nfem"', "ett; två tre; fyra fem"),
        ('"sa \\"a; b\\" då"', 'sa "a; b" då'),
    ],
)
def test_a_mark_in_a_comment(check: Check, tmp_path: Path, comment: str, read: str) -> None:
    content = f"{HEAD}2019-07;Ale;10;4;{comment}\n2019-07;Vänersborg;8;2;\n2019-07;Tjörn;3;1;x\n"
    assert [row[4] for row in rows_of(tmp_path, content)] == ["Kommentar", read, "", "x"]
    path = tmp_path / "fil.csv"
    path.write_text(content.replace("Vänersborg", "Borås"), encoding="utf-8")
    found = check(path)
    assert found.totals("discharges") == {"1440": 10, "1490": 8, "1419": 3}


@pytest.mark.parametrize("first", [1, 40, 700])
def test_a_mark_that_opens_a_text_and_one_far_below_take_no_rows(
    tmp_path: Path, first: int
) -> None:
    lines = [f"2019-07;Ale;{number};1;ok" for number in range(1500)]
    lines[first] = '2019-07;Ale;1;1;"Ring'
    lines[first + 600] = '2019-07;Ale;1;1;hem"'
    rows = rows_of(tmp_path, HEAD + "\n".join(lines))
    assert len(rows) == 1501
    assert {len(row) for row in rows} == {5}


def test_what_can_be_read_in_two_ways_is_refused_with_its_row(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_text(f'{HEAD}2019-07;Ale;10;4;\n2019-07;"Borås;8;2\n', encoding="utf-8")
    found = check(path)
    assert found.codes == ["unclear-row"]
    assert "Rad 3" in found.problems[0].message


@given(
    texts=st.lists(
        st.lists(st.text("ab;\" \n'c", max_size=6), min_size=4, max_size=4), min_size=3, max_size=6
    ),
    everything=st.booleans(),
)
def test_what_a_program_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], everything: bool
) -> None:
    """Five plain rows say how wide the table is; a text may not be as wide on a line of its own."""
    plain = [["a", "b", "c", "d"]] * 5
    texts = [[text for text in row] for row in texts]
    if any(text.count(";") >= 3 or ("\n" in text and ";" in text) for row in texts for text in row):
        return
    written = io.StringIO()
    csv.writer(
        written,
        delimiter=";",
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if everything else csv.QUOTE_MINIMAL,
    ).writerows([*plain, *texts, *plain])
    read = rows_of(tmp_path_factory.mktemp("rows"), written.getvalue())
    assert [[" ".join(text.split()) for text in row] for row in read] == [
        [" ".join(text.split()) for text in row] for row in [*plain, *texts, *plain]
    ]


def test_files_with_signs_in_their_names_are_read_alone(check: Check, tmp_path: Path) -> None:
    """DuckDB would take the name for a pattern that names other files."""
    for name, count in (("rapport1.csv", 1), ("rapport[1].csv", 2), ("rapport*.csv", 3)):
        (tmp_path / name).write_text(f"{HEAD}2019-07;Ale;{count};1;\n", encoding="utf-8")
    for name, count in (("rapport[1].csv", 2), ("rapport*.csv", 3)):
        assert check(tmp_path / name).totals("discharges") == {"1440": count}


@pytest.mark.parametrize("row", ["2019-07;Borås;;8;2;x;y", "2019-07;Borås;82;x"])
def test_a_separator_too_many_or_too_few_is_refused_with_its_row(
    check: Check, tmp_path: Path, row: str
) -> None:
    path = tmp_path / "fil.csv"
    lines = [HEAD.strip(), "2019-07;Ale;10;4;", row, "2019-07;Tjörn;3;1;", "2019-07;Lerum;3;1;", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = check(path)
    assert found.codes == ["unclear-row"]
    assert "Rad 3" in found.problems[0].message


def test_cells_left_out_at_the_end_of_many_rows_are_empty(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    rows = [f"2019-{month:02d};Ale;5;{month}{';ok' * (month % 2)}" for month in range(1, 13)]
    path.write_text("\n".join([HEAD.strip(), *rows, ""]), encoding="utf-8")
    assert check(path).totals("discharges") == {"1440": 60}


def test_a_decimal_comma_among_commas_is_refused(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_text(
        "Indikator,Plats,Period,Värde\nsip_share,Ale,2020-K4,75,5\nsip_share,Borås,2020-K4,62\n",
        encoding="utf-8",
    )
    assert check(path).codes == ["unclear-row"]


def test_a_text_that_ends_within_a_row_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    whole = HEAD + "2019-07;Ale;10;20;\n2019-07;Kungälv;12;9;"
    for content in (whole, whole + "\nKälla: SAMSA"):
        path.write_text(content, encoding="utf-8")
        understand(path, scratch=tmp_path)
    path.write_text(whole + "\n2019-07;Lid", encoding="utf-8")
    with pytest.raises(Refused, match="mitt i en rad"):
        understand(path, scratch=tmp_path)


def test_what_excel_is_told_to_keep_as_text_is_read_as_it_is(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    row = '="2019-07";="1440";="10";="4";=""'
    path.write_text(f"{HEAD}{row}\n", encoding="utf-8")
    assert check(path).totals("discharges") == {"1440": 10}


def test_a_larger_file_may_take_longer_in_proportion() -> None:
    assert limits.seconds_for(1000) == limits.MAX_SECONDS
    assert limits.seconds_for(1_900_000_000) == pytest.approx(9.5 * limits.MAX_SECONDS)


@pytest.mark.parametrize(
    ("text", "lines", "plain"),
    [
        (b"a;b\n1;2\n3;4\n", 3, True),
        (b"a;b\r\n1;2\r\n\r\n", 2, True),
        (b"a;b\r1;2\r3;4", 3, True),
        (b"a;b\n\n1;2\n", 3, False),
        (b"a;b\r\n\r\n1;2\r\n", 3, False),
        (b'a;"b"\n1;2\n', 2, False),
        (b"\na;b\n1;2\n", 3, False),
        (b"\xef\xbb\xbf\r\na;b\r\n1;2\r\n", 3, False),
        (b"a;b\n1;2\n\x1a", 2, False),
    ],
)
@pytest.mark.parametrize("part", [1, 2, 3, 1 << 24])
def test_what_is_plain_is_seen_wherever_the_text_is_divided(
    text: bytes, lines: int, plain: bool, part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.reading.text._PART", part)
    path = tmp_path / "a.csv"
    path.write_bytes(text)
    understood = understand(path, scratch=tmp_path)
    assert (understood.lines, understood.plain) == (lines, plain)
