"""An Excel template for each export, made from the declaration that checks what comes back."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

import reference
from loaders import kinds
from loaders.declaration import AsReported, Column, Export, Filled, MeanOf, PartOf
from swedish import typography

DATA, EXPLANATION, _LISTS = "Data", "Förklaring", "Listor"
_ROWS = 5000
_PART = 1
_HEAD = PatternFill("solid", fgColor="FFE3EEEF")
_HEADS = (
    ("Rubrik", 28),
    ("Måste finnas", 14),
    ("Vad som ska stå", 60),
    ("Tillåtna värden", 40),
    ("Exempel", 26),
)


def write(export: Export, target: Path) -> None:
    """Write the template of an export: a sheet to fill in, and one that explains the columns."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet(DATA)
    explanation = workbook.create_sheet(EXPLANATION)
    lists = workbook.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    for number, column in enumerate(export.columns, start=1):
        _head(sheet, number, column)
        _restrict(sheet, number, column, lists)
    sheet.freeze_panes = "A2"
    _explain(explanation, export)
    workbook.save(target)


def example(export: Export) -> dict[str, Filled]:
    """A row that the export's own rules accept, by column key."""
    wholes = {rule.whole for rule in export.rules if isinstance(rule, PartOf)}
    parts = {part for rule in export.rules if isinstance(rule, PartOf) for part in rule.parts}
    row = {column.key: _example(column) for column in export.columns}
    row |= dict.fromkeys((key for key in wholes - parts if key in row), kinds.TEN)
    row |= dict.fromkeys((key for key in parts if key in row), _PART)
    for rule in export.rules:
        if isinstance(rule, MeanOf):
            total, count = row[rule.total], row[rule.count]
            if isinstance(total, int) and isinstance(count, int):
                row[rule.mean] = round(total / count, 2)
        if isinstance(rule, AsReported):
            named = reference.normalise(str(row["indicator"]))
            known = rule.by.get(export.column("indicator").spellings.get(named, ""))
            # As many of as many as there are is all of them.
            row["value"] = 100 if known and known.share else row["numerator"]
    return row


def _meaning(column: Column) -> str:
    """What is to stand in a column, in general; empty where its own words say it."""
    return column.kind.explains.format(
        county=reference.county().name, municipalities=len(reference.municipalities())
    )


def _head(sheet: Worksheet, number: int, column: Column) -> None:
    cell = _text(sheet, 1, number, column.label)
    cell.font = Font(bold=True)
    cell.fill = _HEAD
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.comment = Comment(_meaning(column) or column.label, "samverkan", width=300)
    letter = get_column_letter(number)
    wide = column.kind.dimension
    sheet.column_dimensions[letter].width = max(24 if wide else 14, len(column.label) // 2 + 4)
    if form := column.kind.form:
        sheet.column_dimensions[letter].number_format = form
        for row in range(2, 202):
            sheet.cell(row=row, column=number).number_format = form


def _restrict(sheet: Worksheet, number: int, column: Column, lists: Worksheet) -> None:
    """Let Excel refuse what the checks would refuse, where it can."""
    letter = get_column_letter(number)
    allowed = choices(column)
    if allowed:
        for row, value in enumerate(allowed, start=1):
            _text(lists, row, number, value)
        rule = DataValidation(
            type="list", formula1=f"{_LISTS}!${letter}$1:${letter}${len(allowed)}"
        )
        rule.error = "Välj ett värde i listan."
        # A municipality may also be given by its code, a hospital by another of its names.
        rule.errorStyle = "stop" if column.kind is kinds.CHOICE else "warning"
    elif column.kind.counted:
        first = f"{letter}2"
        signs = ",".join(f'{first}="{sign}"' for sign in ("-", ".", ".."))
        rule = DataValidation(
            type="custom",
            formula1=f"OR({signs},IF(ISNUMBER({first}),AND({first}>=0,{first}=INT({first})),FALSE))",
        )
        rule.error = "Skriv ett helt tal, eller - om uppgift saknas."
    else:
        return
    rule.errorTitle = column.label
    rule.showErrorMessage = True
    rule.allow_blank = True
    rule.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(rule)


def choices(column: Column) -> list[str]:
    """What may stand in a column that has a list to choose from, in the order of the alphabet."""
    names = set(column.kind.choices(column)) if column.kind.choices else set()
    return sorted(names, key=typography.sort_key)


def _example(column: Column) -> Filled:
    return column.kind.filled() if column.kind.filled else next(iter(choices(column)), "")


def _explain(sheet: Worksheet, export: Export) -> None:
    _text(sheet, 1, 1, f"Mall: {export.title}").font = Font(bold=True, size=13)
    _text(sheet, 2, 1, f"Fyll i bladet {DATA}, en rad i taget. Det här bladet läses inte in.")
    for number, (head, width) in enumerate(_HEADS, start=1):
        _text(sheet, 4, number, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    row = example(export)
    for line, column in enumerate(export.columns, start=5):
        texts: Sequence[str] = (
            column.label,
            "Ja" if column.required else "Nej",
            _meaning(column),
            _allowed(column),
            _shown(row[column.key]),
        )
        for number, text in enumerate(texts, start=1):
            _text(sheet, line, number, text).alignment = Alignment(vertical="top", wrap_text=True)


def _allowed(column: Column) -> str:
    if column.kind.place:
        return f"Se listan i bladet {DATA}."
    return ", ".join(choices(column))


def _shown(value: Filled) -> str:
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m-%d}"
    return typography.number(value, 2) if isinstance(value, float) else str(value)


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = sheet.cell(row=row, column=column)
    if isinstance(cell, MergedCell):
        raise ValueError("a merged cell cannot hold text")
    cell.value = text
    cell.data_type = "s"
    return cell
