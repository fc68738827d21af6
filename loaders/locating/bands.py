"""Columns of the same measure side by side: which belong together, and which one is meant.

What stands over columns and is no month, place or care form may tell parts of a whole apart
(women and men), other years or a plan. Parts that make a whole are added up; anything else is
asked about.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from loaders import kinds
from loaders.declaration import AsReported, Column, Export
from loaders.locating.tables import SheetTable
from loaders.mapping import selections, titles, vocabulary
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question, chosen
from loaders.reading.grids import cell_name
from swedish.typography import enumerate_words

Values: TypeAlias = tuple[tuple[str, str], ...]
Texts: TypeAlias = tuple[str, ...]
# By column key the places where it stands, as (rank, position).
PlacesByKey: TypeAlias = dict[str, list[tuple[int, int]]]
_ALL_PARTS = "alla"
# What is answered of the columns that no text stands over; an empty answer is none.
_NAMELESS = "utan överrubrik"
_SHARE = re.compile(r"\bandel\w*")


@dataclass
class Columns:
    """The columns that share what their heads say; `part` names them where they are one part."""

    values: Values
    places: dict[str, int]
    part: str | None = None


@dataclass
class SettledBands:
    """The columns to be read, what is asked about them, and what is said of those that are not.

    `named` are the bands that the user has said are values of a column, such as programmes.
    """

    columns: list[Columns] = field(default_factory=list)
    named: dict[str | None, tuple[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)


def settle(
    columns_by_band: Mapping[tuple[Values, Texts], PlacesByKey],
    table: SheetTable,
    export: Export,
    answers: Answers,
) -> SettledBands:
    """Which of the columns are read, by what stands over them and what the user has answered."""
    settled = SettledBands()
    by_values: dict[Values, dict[Texts, PlacesByKey]] = {}
    for (values, texts), columns in columns_by_band.items():
        by_values.setdefault(values, {})[texts] = columns
    for values, bands in by_values.items():
        for part, columns in _of_bands(bands, table, export, answers, settled):
            places = {
                key: _one(key, places, table, export, answers, settled)
                for key, places in columns.items()
            }
            if part in settled.named:
                settled.columns.append(Columns((*values, settled.named[part]), places))
            else:
                settled.columns.append(Columns(values, places, part))
    return settled


def _of_bands(
    bands: dict[Texts, PlacesByKey],
    table: SheetTable,
    export: Export,
    answers: Answers,
    settled: SettledBands,
) -> list[tuple[str | None, PlacesByKey]]:
    keys = [key for columns in bands.values() for key in columns]
    if len(keys) == len(set(keys)):
        for text in (text for texts in bands for text in texts):
            settled.problems += selected(text, table, export, answers)
        merged = {key: places for columns in bands.values() for key, places in columns.items()}
        return [(None, merged)]
    twice = {key for key in keys if keys.count(key) > 1}
    names = {" ".join(texts): columns for texts, columns in bands.items() if twice & {*columns}}
    shared = {
        key: places
        for columns in bands.values()
        for key, places in columns.items()
        if key not in twice
    }
    if wholes := [name for name in names if name and selections.is_all(name)]:
        _leave(names, wholes[:1], settled, "delar av helheten")
        return [(None, {**shared, **names[wholes[0]]})]
    if achieved := selections.achieved(names):
        _leave(names, [achieved], settled, "är inte utfallet")
        return [(None, {**shared, **names[achieved]})]
    if selections.whole(names):
        common: list[tuple[str | None, PlacesByKey]] = [(None, shared)] if shared else []
        return common + [(name, columns) for name, columns in names.items()]
    options = [(name or _NAMELESS, name or f"kolumnerna {_NAMELESS}") for name in names]
    others = [(_ALL_PARTS, "Alla, hopräknade")]
    lacking = _lacking(table, export) if all(names) else None
    if lacking:
        others.insert(0, (lacking.key, f"Alla, var och en för sig: de är {lacking.label.lower()}"))
    key = " eller ".join(filter(None, names))
    answer = chosen([*options, *others], answers.to(key))
    if answer in dict(others):
        if lacking and answer == lacking.key:
            settled.named |= {name: (lacking.key, name) for name in names}
        return [*([(None, shared)] if shared else []), *names.items()]
    if answer is not None:
        answer = "" if answer == _NAMELESS else answer
        _leave(names, [answer], settled, "valdes bort")
        return [(None, {**shared, **names[answer]})]
    labels = enumerate_words([export.column(key).label for key in sorted(twice)])
    settled.problems.append(
        asked(
            Question(
                key=key,
                text=f"{labels} finns i flera kolumner, under "
                f"{enumerate_words([f'”{name}”' for name in names if name])}. Vilken gäller?",
                options=(*options, *others),
            ),
            sheet=table.sheet.name,
        )
    )
    return [(None, {**shared, **next(iter(names.values()))})]


def _lacking(table: SheetTable, export: Export) -> Column | None:
    """The column of any text that each row needs, and that the table has no heading of."""
    known = vocabulary.headings(export)
    texts = {text for row in table.head for text in table.sheet.top[row] if text}
    have = {named[0] for named in map(known.key, texts) if named}
    lacking = [c for c in export.columns if c.kind is kinds.TEXT and c.required]
    return next((c for c in lacking if c.key not in have), None)


def _leave(
    names: Mapping[str, PlacesByKey], kept: Sequence[str], settled: SettledBands, why: str
) -> None:
    for name, columns in names.items():
        if name not in kept:
            settled.said |= {at: why for places in columns.values() for _, at in places}


def selected(
    text: str,
    table: SheetTable,
    export: Export,
    answers: Answers,
    held: Collection[str] | None = None,
) -> list[Problem]:
    """The question whether a text that seems to select a part stands over everything there is.

    A column's name explains words of the text; of a title only that of a column which is `held`.
    """
    words = selections.selects(unexplained(export, text, held))
    if words is None or answers.whole(text):
        return []
    return [
        asked(
            Question(
                key=text,
                text=f"”{text}” kan betyda att filen bara har en del av uppgifterna ({words}). "
                "Är talen ändå allt som ska räknas?",
                options=(("ja", "Ja, läs dem som helheten"),),
            ),
            sheet=table.sheet.name,
        )
    ]


def unexplained(export: Export, text: str, held: Collection[str] | None = None) -> str:
    """What is left of a text without names of columns and choices that sound like a part."""
    words = f" {vocabulary.heading(text)} "
    ranks = vocabulary.headings(export).ranks
    for name in filter(selections.selects, vocabulary.spoken_names(export)):
        if held is not None and name in ranks and ranks[name][0] not in held:
            continue
        words = words.replace(f" {name} ", "  ").replace(f" {name},", " ,")
    return _SHARE.sub(" ", words) if _is_of_share(export, text) else words


def _is_of_share(export: Export, text: str) -> bool:
    """Whether a text names an indicator that is a share."""
    rule = next((rule for rule in export.rules if isinstance(rule, AsReported)), None)
    column = next((column for column in export.columns if column.kind is kinds.CHOICE), None)
    key = titles.choice_in(column, text) if column and rule else None
    return bool(rule and key and key in rule.by and rule.by[key].share)


def _one(
    key: str,
    places: list[tuple[int, int]],
    table: SheetTable,
    export: Export,
    answers: Answers,
    settled: SettledBands,
) -> int:
    """The one column of several with the same meaning: they are alike, or the user has said."""
    counted = [place for place in places if not _is_share(table, place[1])]
    settled.said |= {place[1]: "andel" for place in places if counted and place not in counted}
    ordered = sorted(counted or places)
    rank, first = ordered[0]
    counts = export.column(key).kind in (kinds.COUNT, kinds.AMOUNT)
    others = [
        at
        for other, at in ordered[1:]
        if (counts or other == rank) and _held(table, at) != _held(table, first)
    ]
    for _, at in ordered[1:]:
        if counts or _held(table, at) == _held(table, first):
            settled.said[at] = "samma uppgift som en annan kolumn"
    if not others:
        return first
    letters = {at: cell_name(0, at).rstrip("1") for at in (first, *others)}
    options = [
        (letter, f"Kolumn {letter} ({', '.join(_held(table, at)[:3])})")
        for at, letter in letters.items()
    ]
    label = export.column(key).label
    answer = chosen(options, answers.to(label))
    for at, letter in letters.items():
        if letter == answer:
            settled.said.pop(at, None)
            return at
    settled.problems.append(
        asked(
            Question(
                key=label,
                text=f"Flera kolumner kan vara {label}, med olika tal. Vilken gäller?",
                options=tuple(options),
            ),
            sheet=table.sheet.name,
            column=label,
        )
    )
    return first


def _is_share(table: SheetTable, at: int) -> bool:
    """Whether a row of the head says that a column is of shares: `%` beside `Antal`."""
    texts = (table.sheet.top[row][at] for row in table.head)
    return any(titles.is_unit(text) and selections.is_rate(text) for text in texts)


def _held(table: SheetTable, column: int) -> list[str]:
    return [row[column] for row in table.sheet.top[table.head.stop :] if row[column]]
