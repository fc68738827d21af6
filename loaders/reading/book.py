"""From a file to grids: every sheet becomes a DuckDB table of text cells c0, c1, … in file order.

Text is all that is decided here; what a cell means is for the checks. Numbers become text with a
decimal point, dates become ISO text, merged text cells are filled, so that a heading stands above
each of its columns.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import duckdb

from loaders.opening import Opening
from loaders.problems import Problem, Refused, refuse
from loaders.questions import NOT_PERSONS, Question
from loaders.reading import grids, identity, package, persons, text
from loaders.reading.encoding import reading_of, transcode
from loaders.reading.grids import Sheet, cell_name
from loaders.reading.looks.old_workbook import of_old_workbook
from loaders.reading.safety import FileKind
from loaders.reading.statistical import reading as statistical
from loaders.reading.walk import walked
from loaders.reading.workbook import Parsing, ending

# The sheet of faults in a workbook that was given back marked: never data.
LISTING = "Fel att rätta"


@dataclass(frozen=True)
class Book:
    """A readable file: what it is called, its fingerprint, and its sheets as grids.

    `path` is the copy that was read; it is there as long as the delivery is. Only the visible
    sheets are read; those that are `hidden` are in the receipt.
    """

    path: Path
    name: str
    sha256: str
    size: int
    openxml: bool
    sheets: tuple[Sheet, ...] = field(default=())
    hidden: tuple[Sheet, ...] = field(default=())


def read(
    file: Opening,
    *,
    name: str,
    connection: duckdb.DuckDBPyConnection,
    no_persons: Collection[str] = (),
) -> Book:
    """Read a file of any kind that can be read into grids.

    `name` is what the user calls the file. `no_persons` are the numbers that a user knows to be of
    other things than persons, by heading and shape.
    Raises Refused with the reason where the file cannot or must not be read.
    """
    opened, scratch = file.opened.result(), file.folder
    own, inspected, parsing = opened.copy, opened.inspected, opened.parsing
    load = partial(grids.of_cells, connection=connection)
    match inspected.kind:
        case FileKind.TEXT:
            read_as_text = _read_text(own, name=name, connection=connection, scratch=scratch)
            sheets = [grids.unwrapped(read_as_text, connection)]
            beside: set[str] = set()
        case FileKind.HTML:
            page = scratch / "page.html"
            transcode(own, page, reading_of(own))
            parsing = Parsing(page, kind="html", unpacked=own.stat().st_size, folder=scratch)
            with ending(parsing):
                beside = identity.numbers_of(package.of_html(page))
                sheets = [load(cells) for cells in parsing.sheets()]
        case FileKind.JSON | FileKind.PX:
            found_cells, texts = statistical.read(own, kind=inspected.kind, scratch=scratch)
            beside = identity.numbers_of(texts)
            sheets = [load(cells) for cells in found_cells]
        case FileKind.WORKBOOK if parsing is not None:
            # The first query with a parameter brings in pandas, which takes its time.
            connection.execute("select $ready", {"ready": True})
            # What else the package holds is looked through while its cells are parsed.
            if inspected.zipped:
                beside, marks_by_sheet = walked(own, openxml=inspected.openxml)
            else:
                beside = identity.numbers_of(package.of_old_workbook(own))
                marks_by_sheet = of_old_workbook(own)
            sheets = [load(cells) for cells in parsing.sheets()]
            sheets = grids.marked(sheets, marks_by_sheet, connection)
    if not any(any(any(row) for row in sheet.top) for sheet in sheets):
        raise refuse("empty", "Filen innehåller inga ifyllda celler.")
    _refuse_persons(sheets, name=name, beside=beside, said=no_persons, connection=connection)
    return Book(
        path=own,
        name=name,
        sha256=opened.sha256,
        size=own.stat().st_size,
        openxml=inspected.openxml,
        sheets=tuple(
            sheet
            for sheet in sheets
            if not sheet.table.startswith("hidden") and sheet.name != LISTING
        ),
        hidden=tuple(
            sheet for sheet in sheets if sheet.table.startswith("hidden") or sheet.name == LISTING
        ),
    )


def _read_text(
    path: Path, *, name: str, connection: duckdb.DuckDBPyConnection, scratch: Path
) -> Sheet:
    """Every line is a row, or part of one; a file where that is not so is written anew first."""
    understood = text.understand(path, scratch=scratch)
    load = partial(grids.of_text, title=Path(name).stem, table="grid0", connection=connection)
    dialect = understood.dialect
    try:
        if understood.plain:
            sheet = load(
                understood.utf8,
                columns=understood.columns,
                separator=dialect.separator,
                quote="",
                ragged=False,
            )
        elif dialect.quote == '"' and len(dialect.widths) == 1:
            sheet = load(
                understood.utf8,
                columns=max(dialect.widths),
                separator=dialect.separator,
                ragged=False,
            )
        else:
            sheet = None
        if sheet is not None and grids.rows_of(sheet, connection) == understood.lines:
            return sheet
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        # Rows of unequal width, stray marks, line breaks inside quotes: they are looked at one by
        # one.
        pass
    clean = text.cleaned(understood, scratch=scratch)
    sheet = load(clean.utf8, columns=clean.columns, separator=clean.dialect.separator)
    if grids.rows_of(sheet, connection) != clean.lines:
        raise refuse("not-a-spreadsheet", "Filen går inte att läsa som en tabell.")
    return sheet


def _refuse_persons(
    sheets: Sequence[Sheet],
    *,
    name: str,
    beside: set[str],
    said: Collection[str],
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Refuse a file with an identity number in a cell, a name or anywhere else."""
    cleared: set[str] = set()
    for sheet in sheets:
        searched = persons.in_grid(
            sheet.table, columns=sheet.columns, top=sheet.top, connection=connection, said=said
        )
        cleared |= searched.cleared
        if searched.cell is not None:
            raise Refused(
                Problem(
                    code="personal-identity-number",
                    message="Filen innehåller ett personnummer eller samordningsnummer.",
                    sheet=sheet.name,
                    cell=cell_name(*searched.cell),
                    question=_whether(searched.unclear) if searched.unclear else None,
                )
            )
    names = map(identity.without_times, [name, *(sheet.name for sheet in sheets)])
    if any(map(identity.holds_identity_number, names)) or not cleared.issuperset(beside):
        raise refuse(
            "personal-identity-number",
            "Filen innehåller ett personnummer eller samordningsnummer utanför cellerna: i ett "
            "namn, en kommentar, en textruta, ett sidhuvud, en formel eller filens egenskaper.",
        )


def _whether(numbers: str) -> Question:
    """Whether numbers that may be of persons are of something else: only a person can tell."""
    return Question(
        key=numbers,
        text=f"{numbers} har formen av personnummer. Är du säker på att det är något annat, till "
        "exempel ärendenummer? Svaret gäller också filer som kommer sedan, och skrivs i loggen.",
        options=((NOT_PERSONS, "Ja, det är inte personer"),),
    )
