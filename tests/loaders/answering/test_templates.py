"""Templates, empty and filled in, through the checks that they are made from."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import reference
from commands import app
from loaders import kinds
from loaders.answering import templates
from loaders.declaration import Export
from loaders.delivery import delivery
from pipeline import exports
from settings import settings

each = pytest.mark.parametrize("export", exports(), ids=lambda export: export.key)


def codes(path: Path) -> list[str]:
    with delivery(path, limits=settings(), declared=exports()) as file:
        return [problem.code for problem in file.problems]


@each
def test_an_empty_template_has_no_fault_but_being_empty(export: Export, tmp_path: Path) -> None:
    path = tmp_path / "mall.xlsx"
    templates.write(export, path)
    assert codes(path) == ["empty"]


@each
def test_a_template_filled_in_with_its_example_loads(export: Export, tmp_path: Path) -> None:
    path = tmp_path / "mall.xlsx"
    templates.write(export, path)
    workbook = openpyxl.load_workbook(path)
    row = templates.example(export)
    for number, column in enumerate(export.columns, start=1):
        workbook[templates.DATA].cell(row=2, column=number).value = row[column.key]
    workbook.save(path)
    with delivery(path, limits=settings(), declared=exports()) as file:
        assert [problem.message for problem in file.problems] == []
        assert file.export is export
        assert file.rows == 1


@each
def test_the_headings_are_the_declared_ones(export: Export, tmp_path: Path) -> None:
    path = tmp_path / "mall.xlsx"
    templates.write(export, path)
    workbook = openpyxl.load_workbook(path)
    heads = [cell.value for cell in workbook[templates.DATA][1]]
    assert heads == [column.label for column in export.columns]
    explained = [row[0].value for row in workbook[templates.EXPLANATION].iter_rows(min_row=5)]
    assert explained == heads


@each
def test_every_choice_in_a_list_is_one_that_the_checks_accept(export: Export) -> None:
    for column in export.columns:
        names = templates.choices(column)
        if column.kind is kinds.MUNICIPALITY:
            assert len(names) == 49
            assert {reference.normalise(name) for name in names} <= set(
                reference.municipality_names()
            )
        elif column.kind is kinds.HOSPITAL:
            assert {reference.normalise(name) for name in names} <= set(reference.hospital_names())
        elif column.kind is kinds.CHOICE:
            assert {reference.normalise(name) for name in names} <= set(column.choices or {})


def test_lists_are_dropped_down_from_a_hidden_sheet(tmp_path: Path) -> None:
    path = tmp_path / "mall.xlsx"
    counts = next(export for export in exports() if export.key == "utskrivningsklara")
    templates.write(counts, path)
    workbook = openpyxl.load_workbook(path)
    rules = workbook[templates.DATA].data_validations.dataValidation
    lists = [rule for rule in rules if rule.type == "list"]
    assert len(lists) == 3
    assert all(rule.formula1.startswith("Listor!") for rule in lists)
    assert workbook["Listor"].sheet_state == "hidden"


def test_the_command_writes_one(tmp_path: Path) -> None:
    path = tmp_path / "mall.xlsx"
    result = CliRunner().invoke(app.app, ["template", "vardtillfallen", "-o", str(path)])
    assert result.exit_code == 0
    assert codes(path) == ["empty"]


def test_the_command_names_the_exports_there_are(tmp_path: Path) -> None:
    result = CliRunner().invoke(app.app, ["template", "finns-inte", "-o", str(tmp_path / "x.xlsx")])
    assert result.exit_code == 2
    assert "utskrivningsklara" in result.output


def test_the_command_tells_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app.app, ["template", "vardtillfallen", "-o", str(tmp_path / "nej" / "x.xlsx")]
    )
    assert result.exit_code == 2
