"""A kind of value that no other export has: declared, and then read, explained and asked for."""

import re
from pathlib import Path

from openpyxl import load_workbook

from loaders import kinds
from loaders.answering import templates
from loaders.declaration import Column, Export, Kind
from loaders.delivery import delivery
from loaders.exports.shared_columns import MONTH, MUNICIPALITY
from loaders.kinds import meanings
from loaders.problems import Problem
from loaders.publishable import Row, rows
from settings import settings

_WARD = re.compile(r"(?:avd\.?|avdelning) (\d{1,3})", re.IGNORECASE)


def _ward(_: Column, text: str) -> str | None:
    named = _WARD.fullmatch(text.strip())
    return f"avd {named[1]}" if named else None


WARD = Kind(
    key="ward",
    dimension=True,
    value=_ward,
    meaning=meanings.of_value,
    unknown="'{text}' är ingen avdelning.",
    explains="Avdelningen med sitt nummer.",
    filled=lambda: "Avd 12",
    fits=lambda column, text: _ward(column, text) is not None,
    telling=True,
)
EXPORT = Export(
    key="belaggning",
    title="Vårdplatser per avdelning",
    dataset="beds",
    columns=(
        MONTH,
        MUNICIPALITY,
        Column(key="ward", label="Vårdenhet", kind=WARD, required=True),
        Column(key="beds", label="Belagda platser", kind=kinds.COUNT, required=True),
    ),
)
HEAD = "Månad;Kommun;Vårdenhet;Belagda platser\n"


def read(path: Path) -> tuple[list[Problem], list[Row]]:
    with delivery(path, limits=settings(), declared=[EXPORT]) as file:
        return list(file.problems), rows(file)


def test_a_kind_of_value_is_one_declaration(tmp_path: Path) -> None:
    path = tmp_path / "platser.csv"
    path.write_text(f"{HEAD}2020-01;Ale;Avd 3;7\n2020-01;Ale;Avdelning 12;9\n", encoding="utf-8")
    problems, published = read(path)
    assert problems == []
    assert {row["ward"]: row["value"] for row in published} == {"avd 3": 7, "avd 12": 9}

    path.write_text(f"{HEAD}2020-01;Ale;Norra;7\n", encoding="utf-8")
    (problem,) = read(path)[0]
    assert (problem.code, problem.cell) == ("not-allowed", "C2")
    assert "'Norra' är ingen avdelning." in problem.message


def test_a_kind_is_known_where_it_stands_over_columns(tmp_path: Path) -> None:
    path = tmp_path / "platser.csv"
    title = "Belagda platser januari 2020"
    path.write_text(f"{title}\nKommun;Avd 3;Avd 12\nAle;7;9\nKungälv;8;10\n", encoding="utf-8")
    problems, published = read(path)
    assert problems == []
    assert {(row["place"], row["ward"]): row["value"] for row in published} == {
        ("1440", "avd 3"): 7,
        ("1440", "avd 12"): 9,
        ("1482", "avd 3"): 8,
        ("1482", "avd 12"): 10,
    }


def test_the_template_explains_a_kind(tmp_path: Path) -> None:
    assert templates.example(EXPORT)["ward"] == "Avd 12"
    templates.write(EXPORT, tmp_path / "mall.xlsx")
    sheet = load_workbook(tmp_path / "mall.xlsx")[templates.EXPLANATION]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Avdelningen med sitt nummer." in texts
