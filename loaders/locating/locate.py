"""Which export a book is, and what of it is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import duckdb

import reference
from loaders import kinds
from loaders.declaration import Column, Export
from loaders.kinds.choices import allowed
from loaders.locating.blocks import blocks_of
from loaders.locating.located import Block, Located
from loaders.locating.tables import SheetTable
from loaders.mapping import titles, vocabulary
from loaders.problems import Problem, asked
from loaders.questions import NO_ANSWERS, Answers, Question
from loaders.reading.book import Book


def locate(
    book: Book,
    exports: Iterable[Export],
    connection: duckdb.DuckDBPyConnection,
    answers: Answers = NO_ANSWERS,
) -> Located | Problem:
    """The export that the book fits best, with its blocks; or the problem that it fits none.

    Where required columns are missing the blocks are given all the same, with the problems.
    """
    best: tuple[tuple[bool, bool, bool, int, bool, int], Located] | None = None
    fitting: list[Export] = []
    wanted = answers.to("export") or answers.to("filen är")
    known = tuple(exports)
    for export in known:
        if wanted and reference.normalise(wanted) not in _called(export):
            continue
        located = _as_export(book, export, connection, answers)
        if located is None:
            continue
        sure = bool(wanted) or is_sure(located)
        missing = sum(problem.code == "missing-column" for problem in located.problems)
        fitting += [] if missing else [export]
        held = _holds_choices(located)
        # What needs no word of its own is told by its columns.
        named = _says_so(located, export) if export.words else not missing
        found = len(_found(located.blocks))
        rank = (sure and not missing, named, not missing, -missing, held, found)
        if best is None or rank > best[0]:
            best = rank, located
    if best is None:
        return Problem(
            code="unknown-export",
            message="Filen känns inte igen: inget blad har de kolumner som någon känd export har.",
        )
    _, located = best
    if wanted or is_sure(located):
        return located
    # What names one export is never offered as another, whose columns it happens to have.
    for export in known:
        if export.words and export is not located.export and _says_so(located, export):
            return Problem(
                code="unknown-export",
                message=f"Filen nämner det som {export.title} handlar om, men har inte de kolumner "
                "som en sådan fil har.",
            )
    return replace(located, problems=(_which(fitting, located), *located.problems))


def _holds_choices(located: Located) -> bool:
    """Whether the columns of required choices hold any of what may be chosen."""
    return all(
        any(
            vocabulary.value_of(column, row[at])
            for row in block.sheet.top[block.first_row :]
            for at in block.sources[column.key]
        )
        for block in located.blocks
        for column in located.export.columns
        if column.kind is kinds.CHOICE and column.required and column.key in block.sources
    )


def _called(export: Export) -> set[str]:
    return {reference.normalise(name) for name in (export.key, export.title)}


def _found(blocks: Iterable[Block]) -> set[str]:
    return {key for block in blocks for key in (*block.sources, *block.constants)}


def _which(fitting: Sequence[Export], located: Located) -> Problem:
    """What the file is of, where nothing in it says so."""
    options = tuple((export.key, export.title) for export in fitting or [located.export])
    return asked(
        Question(
            key="export",
            text="Rubrikerna passar, men ingenting i filen säger vad talen är. Vad är filen?",
            options=options,
        )
    )


def _as_export(
    book: Book, export: Export, connection: duckdb.DuckDBPyConnection, answers: Answers
) -> Located | None:
    """The book read as an export; None where it has too little of it."""
    located = blocks_of(book, export, connection, answers)
    blocks = located.blocks
    located_keys = _found(blocks)
    required = [column for column in export.columns if column.required]
    known = {c.key for c in required for b in blocks if c.key in b.sources or _is_named(c, b)}
    if not blocks or len(known) < min(2, len(required)) or 2 * len(known) < len(required):
        return None
    missing = [
        _missing(column, book, located.tables, blocks, export)
        for column in required
        if column.key not in located_keys
    ]
    sheets = {block.sheet.name for block in blocks}
    return replace(
        located,
        problems=tuple(dict.fromkeys((*located.problems, *missing))),
        passed=tuple(table for table in located.passed if table.sheet.name in sheets),
        others=tuple(sheet for sheet in book.sheets if sheet.name not in sheets),
    )


def _is_named(column: Column, block: Block) -> bool:
    """Whether a title or a sheet's name says which of the choices all numbers are of."""
    return column.kind is kinds.CHOICE and column.key in block.constants


def is_sure(located: Located) -> bool:
    """Whether more than headings that go for many things says that the file is the export."""
    export = located.export
    if not export.words:
        return True
    generic = any(
        _is_generic(column, block, export)
        for block in located.blocks
        for column in export.columns
        if column.required and column.generic and column.key in block.sources
    )
    return not generic or _says_so(located, export)


def _says_so(located: Located, export: Export) -> bool:
    """Whether a heading, a title, a sheet's or the file's name has a word of the export's own."""
    texts = [titles.file_words(located.name)]
    for table in located.tables:
        texts += [table.sheet.name, *(t for row in table.sheet.top[: table.head.stop] for t in row)]
    # Of measures down the side their names are headings.
    texts += [text for block in located.blocks if block.only for text in block.only[1]]
    said = " ".join(map(reference.normalise, texts)).replace("_", " ")
    return any(word in said for word in vocabulary.own_words(export))


def _is_generic(column: Column, block: Block, export: Export) -> bool:
    """Whether no heading of a column says more than what goes for many things."""
    known = vocabulary.headings(export)
    generic = {vocabulary.heading(name) for name in column.generic}
    texts = [
        row[at] for at in block.sources[column.key] for row in block.sheet.top[: block.first_row]
    ]
    texts += block.only[1] if block.only else ()
    named = [text for text in texts if (known.key(text) or [None])[0] == column.key]
    return all(vocabulary.heading(text) in generic for text in named)


def _missing(
    column: Column,
    book: Book,
    all_tables: Sequence[SheetTable],
    blocks: Sequence[Block],
    export: Export,
) -> Problem:
    where = " (kan också stå i rubriken eller bladets namn)" if column.kind.period else ""
    return Problem(
        code="missing-column",
        message=f"Kolumnen {column.label} saknas{where}.",
        sheet=book.sheets[0].name if len(book.sheets) == 1 else None,
        column=column.label,
        question=_instead(column, all_tables, blocks),
    )


def _instead(
    column: Column, all_tables: Sequence[SheetTable], blocks: Sequence[Block]
) -> Question | None:
    """What one answer can give in place of a column that the file lacks."""
    if column.kind.period:
        example = column.kind.example
        return Question(
            column.key, f"Vilken period gäller hela filen? ({column.label})", (), example
        )
    if column.kind is kinds.CHOICE:
        values = allowed(column)
        options = tuple((value, value) for value in values)
        return Question(column.key, f"Vilken {column.label.lower()} gäller hela filen?", options)
    used = {at for block in blocks for places in block.sources.values() for at in places}
    free = dict.fromkeys(
        text
        for table in all_tables
        for row in table.head
        for at, text in enumerate(table.sheet.top[row])
        if text and at not in used
    )
    if column.kind is kinds.MUNICIPALITY and not free:
        return Question(column.key, "Vilken kommun gäller hela filen?", (), column.kind.example)
    if column.kind is kinds.TEXT:
        return Question(column.key, f"Vilket värde i {column.label} gäller hela filen?")
    if not free:
        return None
    options = tuple((text, text) for text in free)
    return Question(column.label, f"Vilken kolumn är {column.label}?", options)
