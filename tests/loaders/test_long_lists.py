"""The long list rebuilt with other spellings, orders and totals: always the same numbers."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from swedish import periods
from tests.effort import parametrize_some
from tests.loaders.conftest import Check, Checked
from tests.loaders.sheets import Row, columns, write_text
from tests.loaders.test_expected import EXPORTS, expected

FILE = "utskrivningsklar_2018-10_2020-12.csv"
MONTHS = ("2019-07", "2019-08")
WANTED = {key: value for key, value in expected(FILE).items() if key[0] in MONTHS}
with (EXPORTS / FILE).open(encoding="cp1252", newline="") as source:
    HEAD, *ALL = list(csv.reader(source, delimiter=";"))
ROWS = [row for row in ALL if row[0] in MONTHS]
Spell = Callable[[str], str]


@pytest.fixture
def read(check: Check, tmp_path: Path) -> Callable[..., Checked]:
    def written(rows: list[Row]) -> Checked:
        return check(write_text(tmp_path / "lista.csv", rows))

    return written


Read = Callable[..., Checked]


def respelt(column: int, spell: Spell) -> list[Row]:
    return [HEAD, *([*row[:column], spell(row[column]), *row[column + 1 :]] for row in ROWS)]


@pytest.mark.parametrize(
    "spell",
    [
        lambda text: text[5:],
        lambda text: text[:4],
        lambda text: f"{text[:4]} - {text[5:]}",
        lambda text: f"{text[5:]} ({text[:4]})",
        lambda text: f"{text[5:].upper()} KOMMUN",
    ],
)
def test_municipalities(read: Read, spell: Spell) -> None:
    found = read(respelt(1, spell))
    assert found.problems == ()
    assert found.facts == WANTED


@pytest.mark.parametrize(
    "spell",
    [
        lambda text: f"{periods.MONTHS[int(text[5:]) - 1].upper()} {text[:4]}",
        lambda text: f"{text[:4]} {periods.MONTHS[int(text[5:]) - 1]}",
        lambda text: text.replace("-", "M"),
        lambda text: f"{text}-01 00:00:00",
    ],
)
def test_months(read: Read, spell: Spell) -> None:
    found = read(respelt(0, spell))
    assert found.problems == ()
    assert found.facts == WANTED


@parametrize_some(
    "head",
    [
        [name.upper() for name in HEAD],
        [name.replace(" ", "_").lower() for name in HEAD],
        [name.translate(str.maketrans("åäö", "aao")) for name in HEAD],
        ["".join(word.capitalize() for word in name.split()) for name in HEAD],
        [f"{name}: " for name in HEAD],
        ["Period", "Län/Kommun", "Förvaltning", "Typ av vård", *HEAD[4:]],
        [*HEAD[:4], "Antal vårdtillfällen", "Summa dagar", "Medelvårdtid", *HEAD[7:]],
    ],
    usual=3,
)
def test_headings(read: Read, head: list[str]) -> None:
    found = read([head, *ROWS])
    assert found.problems == ()
    assert found.facts == WANTED


def test_rows_and_columns_in_another_order(read: Read) -> None:
    found = read(
        columns([HEAD, *sorted(ROWS, key=lambda row: row[4:])], [6, 10, 3, 0, 8, 5, 1, 4, 9, 2, 7])
    )
    assert found.problems == ()
    assert found.facts == WANTED


def test_totals_of_many_kinds_are_no_data(read: Read) -> None:
    def total(name: list[str], rows: list[list[str]]) -> Row:
        sums = [
            sum(int(row[at].replace("\u00a0", "")) for row in rows)
            for at in range(4, 11)
            if at != 6
        ]
        return [*name, *sums[:2], "", *sums[2:]]

    written: list[Row] = [HEAD]
    for month in MONTHS:
        rows = [row for row in ROWS if row[0] == month]
        for place in dict.fromkeys(row[1] for row in rows):
            own = [row for row in rows if row[1] == place]
            written += [*own, total([month, place, "Alla sjukhus", "Totalt"], own)]
        written.append(total([month, "Hela länet", "Samtliga", "Alla vårdformer"], rows))
    written.append(total(["Totalt", "", "", ""], ROWS))
    found = read(written)
    assert found.problems == ()
    assert found.facts == WANTED


def sites(*rows: list[object]) -> list[Row]:
    head = ["Månad", "Kommun", "Sjukhus", "Vårdform", "Antal utskrivna", "Antal dagar"]
    return [head, *(["2019-07", "Ale", row[0], "Somatik", *row[1:]] for row in rows)]


def test_the_sites_of_a_hospital_are_added_up(read: Read) -> None:
    place = ("2019-07", "1440", "NU-sjukvården", "somatik")
    found = read(sites(["NÄL", 5, 1], ["Uddevalla", 2, 3]))
    assert found.problems == ()
    assert found.facts == {(*place, "discharges"): 7, (*place, "ready_days"): 4}
    hidden = read(sites(["NÄL", "..", 1], ["Uddevalla", 2, 3]))
    assert hidden.facts == {(*place, "discharges"): "confidential", (*place, "ready_days"): 4}


@pytest.mark.parametrize("again", ["NÄL", "näl ", "NU-sjukvården", "NU"])
def test_a_site_twice_or_beside_its_hospital_is_a_duplicate(read: Read, again: str) -> None:
    found = read(sites(["NÄL", 5, 1], [again, 2, 3]))
    assert found.at == {("lista", "A3", "duplicate-row")}
    assert found.facts == {}


def test_missing_is_told_in_words_too(read: Read) -> None:
    found = read(sites(["SU", "NULL", "uppgift saknas"], ["SÄS", 2, 3]))
    assert found.problems == ()
    place = ("2019-07", "1440", "Sahlgrenska Universitetssjukhuset", "somatik")
    assert found.facts[*place, "discharges"] == "missing"
