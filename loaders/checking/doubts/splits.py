"""Columns that tell rows apart which otherwise are the same: by sex, by age, by clinic.

Where a row of all stands beside its parts, it is read and they are not. Where all the parts are
there and make a whole, they are added up. Anything else is asked about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

import duckdb

import reference
from loaders.checking.doubts.questions import whether
from loaders.checking.entries import columns_of, of_whole
from loaders.declaration import AsReported, Export
from loaders.locating.located import Block, Located
from loaders.locating.tables import SheetTable
from loaders.mapping import selections
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question, listed
from swedish.typography import enumerate_words

_FEW = 6
_SUMMED = frozenset({"summa", "alla", "hopräknade"})


@dataclass(frozen=True)
class Split:
    """A column that tells rows apart, and every text in it; `complete` where these are all."""

    at: int
    name: str
    texts: tuple[str, ...]
    complete: bool

    @property
    def alls(self) -> tuple[str, ...]:
        """The texts that mean all of them together."""
        return tuple(text for text in self.texts if selections.is_all(self._spelled(text)))

    @property
    def parts(self) -> tuple[str, ...]:
        """The other texts."""
        return tuple(text for text in self.texts if text not in self.alls)

    @property
    def whole(self) -> bool:
        """Whether the parts are known to make a whole."""
        return self.complete and selections.whole([*map(self._spelled, self.parts)])

    def _spelled(self, text: str) -> str:
        return selections.spelled(reference.normalise(self.name), text)


@dataclass(frozen=True)
class SettledSplits:
    """The file with parts added up or left out, what is asked, and what is said of it."""

    located: Located
    problems: tuple[Problem, ...] = ()
    said: tuple[str, ...] = ()


def settle(
    number: int,
    table: SheetTable,
    splits: Sequence[Split],
    located: Located,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> SettledSplits:
    """What the columns that split the rows of one table mean for it."""
    summed = [split for split in splits if not split.alls]
    told = [split for split in splits if split.alls]
    unclear = [split for split in summed if not (split.whole or _is_summed(split, answers))]
    if not unclear:
        wholes = tuple((split.at, tuple(map(str.casefold, split.alls))) for split in told)
        changed = replace(
            located,
            blocks=tuple(
                replace(block, part_columns=tuple(s.at for s in summed), wholes=wholes)
                if block.table == number
                else block
                for block in located.blocks
            ),
        )
        if any(_is_summed(split, answers) for split in splits) or _is_full(
            number, summed, changed, connection
        ):
            return SettledSplits(changed, said=tuple(map(_said, splits)))
    have = {key for b in located.blocks for key in (*b.sources, *b.constants) if b.table == number}
    asking = (_question(s, table, located.export, have) for s in unclear or splits)
    return SettledSplits(located, problems=tuple(asking))


def _is_summed(split: Split, answers: Answers) -> bool:
    return reference.normalise(answers.to(split.name) or "") in _SUMMED


def _said(split: Split) -> str:
    shown = split.parts if len(split.parts) < _FEW else (f"{len(split.parts)} delar",)
    if split.alls:
        named = f" ({enumerate_words(sorted(shown))})" if shown else ""
        return f"{split.name}: {enumerate_words(list(split.alls))} är läst, delarna{named} inte."
    return f"{split.name}: {' + '.join(sorted(shown))} är hopräknade."


def _is_full(
    number: int,
    summed: Sequence[Split],
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> bool:
    """Whether everything that is told apart has its row of all, or every one of its parts."""
    block = next((b for b in located.blocks if b.table == number and not b.total), None)
    if block is None:
        return True
    index = located.blocks.index(block)
    needed = prod(len(split.parts) for split in summed)
    keys, lines = _told_apart(located)
    texts = ", ".join(f"lower(trim(grid.c{split.at}))" for split in summed) or "''"
    row = connection.execute(
        f"""
        select 1
        from {lines} as line
        join {block.sheet.table} as grid on grid.rowid = line.row
        where line.block = $block and role = 'data'
        group by {", ".join(keys)}
        having count(distinct ({texts})) filter (where {of_whole(block, "grid.")}) <> $needed
        limit 1
        """,
        {"block": index, "needed": needed},
    ).fetchone()
    return row is None


def _told_apart(located: Located) -> tuple[list[str], str]:
    """The columns that tell rows apart, and the table of the rows with their roles."""
    have = {column.key for column in columns_of(located)}
    if located.export.records:
        return [key for key in located.export.records.key if key in have], "record_line"
    return [c.key for c in located.export.dimensions if c.key in have] + ["site"], "line"


def lacking(
    located: Located, answers: Answers, connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    """The question whether what only some of the tables of parts have is all there is of it."""
    blocks = [n for n, block in enumerate(located.blocks) if block.part and not block.total]
    keys, lines = _told_apart(located)
    if not blocks or not located.export.tables:
        return []
    rows = connection.execute(
        f"""
        select distinct municipality
        from (
            select municipality, count(distinct part) as parts
            from {lines}
            where role = 'data' and list_contains($blocks, block)
            group by municipality, {", ".join(keys)}
        )
        where parts < $all
        """,
        {"blocks": blocks, "all": len({located.blocks[n].part for n in blocks})},
    ).fetchall()
    codes = {code for (code,) in rows}
    names = [place.name for place in reference.municipalities() if place.code in codes]
    table = located.tables[located.blocks[blocks[0]].table]
    text = " och ".join(sorted({str(located.blocks[n].part) for n in blocks}))
    if not names or answers.whole(text):
        return []
    return [whether(text, f"{enumerate_words(names)} finns bara i en av delarna", table)]


def is_split(
    at: int, blocks: Sequence[Block], located: Located, connection: duckdb.DuckDBPyConnection
) -> bool:
    """Whether rows that say the same of all that is read differ in the column."""
    number = next((n for n, b in enumerate(located.blocks) if b in blocks and not b.total), None)
    keys, lines = _told_apart(located)
    if number is None or not keys:
        return False
    row = connection.execute(
        f"""
        select 1
        from {lines} as line
        join {blocks[0].sheet.table} as grid on grid.rowid = line.row
        where line.block = $block and role = 'data'
        group by {", ".join(keys)}
        having count(distinct lower(trim(grid.c{at}))) > 1
        limit 1
        """,
        {"block": number},
    ).fetchone()
    return row is not None


def can_be_added(located: Located, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether parts make their whole by a sum: of counts and amounts they do, of shares not."""
    rule = next((r for r in located.export.rules if isinstance(r, AsReported)), None)
    if rule is None or "value" not in {column.key for column in columns_of(located)}:
        return True
    rows = connection.execute(
        "select distinct indicator from record_line where role = 'data' and value_state = 'ok'"
    ).fetchall()
    return all(key in rule.by and rule.by[key].whole for (key,) in rows)


def _question(split: Split, table: SheetTable, export: Export, have: set[str]) -> Problem:
    example = ", ".join((*split.parts, *split.alls)[:4])
    others = listed(column for column in export.columns if column.key not in have)[:-1]
    return asked(
        Question(
            key=split.name,
            text=f"Kolumnen ”{split.name}” ({example}) delar upp raderna. Ska delarna räknas ihop, "
            "eller är kolumnen en av uppgifterna?",
            options=(("summa", "Räkna ihop delarna"), *others),
        ),
        sheet=table.sheet.name,
        column=split.name,
    )
