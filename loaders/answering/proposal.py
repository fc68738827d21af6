"""What the columns of an unrecognised file may be, by their names and by what they hold."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.declaration import Column, Export
from loaders.mapping import vocabulary
from loaders.reading.book import Book
from loaders.reading.grids import Sheet

_HEAD_ROWS = 30
_MOST_ROWS = 3
_SAMPLES = 60
_SHOWN = 3
_ENOUGH = 0.45
# What a column holds does not tell one number from another: its name must be this much alike.
_ALIKE = 0.6
_DECIMAL = re.compile(r"[+-]?\d+([.,]\d+)?")
_MISSING = frozenset({"-", "–", ".", "..", "…"})


@dataclass(frozen=True)
class Guess:
    """One column of the file: its heading, some of what it holds, and what it may be.

    `known` columns have a heading that the declaration has; `key` is None for no guess.
    """

    heading: str
    samples: tuple[str, ...]
    key: str | None
    known: bool


@dataclass(frozen=True)
class Proposal:
    """How a sheet may be read as an export."""

    export: Export
    sheet: str
    columns: tuple[Guess, ...]

    @property
    def lacking(self) -> tuple[Column, ...]:
        """The required columns that no heading is taken for."""
        have = {guess.key for guess in self.columns}
        required = (column for column in self.export.columns if column.required)
        return tuple(column for column in required if column.key not in have)


def headings_of(book: Book) -> dict[str, tuple[str, ...]]:
    """By sheet the texts of the first row that may head it; sheets without any are left out."""
    found = {}
    for sheet in book.sheets:
        first = next((texts for texts, _ in _heads(sheet)), ())
        if first:
            found[sheet.name] = tuple(dict.fromkeys(text for text in first if text))
    return found


def propose(book: Book, exports: Sequence[Export]) -> tuple[Proposal, ...]:
    """For each export the reading that accounts for most of it, likeliest export first.

    Readings that leave out a third of the required columns, or more, are none.
    """
    best: dict[str, tuple[float, Proposal]] = {}
    for sheet in book.sheets:
        for texts, first in _heads(sheet):
            for export in exports:
                reading = _reading(sheet, texts, first, export)
                if reading and reading[0] > best.get(export.key, (0.0, None))[0] + 1e-9:
                    best[export.key] = reading
    ranked = sorted(best.values(), key=lambda scored: -scored[0])
    return tuple(reading for _, reading in ranked)


def _heads(sheet: Sheet) -> Iterator[tuple[Sequence[str], int]]:
    """What may head a sheet, of one row or several, and the first row below it.

    Of several rows each column has what stands lowest, which is the name that an answer goes by.
    """
    rows = sheet.top[:_HEAD_ROWS]
    for row, texts in enumerate(rows):
        lowest = list(texts)
        for last in range(row, min(row + _MOST_ROWS, len(sheet.top) - 1)):
            if last > row:
                if not _may_continue(sheet.top[last]):
                    break
                lowest = [own or above for own, above in zip(sheet.top[last], lowest, strict=True)]
            if _may_be_head(lowest):
                yield lowest, last + 1


def _may_continue(texts: Sequence[str]) -> bool:
    """Whether a row may be a lower one of a head: no numbers, and nothing where the places are."""
    return not texts[0] and any(texts) and not any(map(_DECIMAL.fullmatch, texts))


def _may_be_head(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    numbers = sum(bool(_DECIMAL.fullmatch(text)) for text in filled)
    return len(set(filled)) >= 3 and numbers == 0


def _reading(
    sheet: Sheet, texts: Sequence[str], first: int, export: Export
) -> tuple[float, Proposal] | None:
    """Texts read as the head: how much of the export they account for, and as what."""
    names = vocabulary.headings(export)
    held = [
        (text, [below[c] for below in sheet.top[first : first + _SAMPLES] if below[c]])
        for c, text in enumerate(texts)
    ]
    taken: dict[int, str] = {}
    for position, (text, _) in enumerate(held):
        if (named := names.key(text)) and named[0] not in taken.values():
            taken[position] = named[0]
    known = set(taken)
    pairs = sorted(
        (
            (-_likeness(column, text, samples), position, column.key)
            for position, (text, samples) in enumerate(held)
            if text and position not in known
            for column in export.columns
        ),
    )
    total = float(len(known))
    for likeness, position, key in pairs:
        if -likeness < _ENOUGH:
            break
        if position not in taken and key not in taken.values():
            taken[position] = key
            total -= likeness
    required = {column.key for column in export.columns if column.required}
    missing = len(required - set(taken.values()))
    if 3 * missing >= len(required):
        return None
    columns = tuple(
        Guess(
            heading=text,
            samples=tuple(dict.fromkeys(samples))[:_SHOWN],
            key=taken.get(position),
            known=position in known,
        )
        for position, (text, samples) in enumerate(held)
        if text
    )
    return total - 2 * missing + len(required), Proposal(
        export=export, sheet=sheet.name, columns=columns
    )


def _likeness(column: Column, text: str, samples: Sequence[str]) -> float:
    """From 0 to 1: half by name, half by the share of the contents that the column can hold."""
    told = [sample for sample in samples if sample.strip() not in _MISSING]
    fits = column.kind.fits
    share = sum(fits(column, sample) for sample in told) / len(told) if fits and told else 0.0
    if column.kind.telling and share < 0.5:
        return 0.0
    if not column.kind.telling and told and fits and share < 0.5:
        return 0.0
    like = max(_alike(vocabulary.heading(text), name) for name in _names(column))
    if not column.kind.telling and like < _ALIKE:
        return 0.0
    weight = 0.6 if column.kind.telling else 0.2
    return (1 - weight) * like + weight * share


def _names(column: Column) -> list[str]:
    return [vocabulary.heading(name) for name in (column.label, *column.names)]


def _alike(text: str, name: str) -> float:
    """How alike two headings are: by letters, or by words that begin alike."""
    letters = difflib.SequenceMatcher(None, text, name).ratio()
    words, others = re.findall(r"\w+", text), re.findall(r"\w+", name)
    if not words or not others:
        return letters
    begun = sum(
        any(len(a) > 2 and (a.startswith(b[:4]) or b.startswith(a)) for b in others if len(b) > 2)
        for a in words
    )
    return max(letters, begun / max(len(words), len(others)))
