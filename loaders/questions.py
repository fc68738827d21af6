"""What a file leaves unclear, asked of the user, and the answers that one has given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import reference
from loaders import kinds
from loaders.declaration import Column, Export

_YES = frozenset({"ja", "allt", "alla", "hela", "helheten"})
_UNUSED = frozenset({"används inte", "läses inte", "läs inte", "inte", "ingen", "nej"})
UNUSED = "används inte"
WHOLE = "allt"
NOT_PERSONS = "inte en person"


@dataclass(frozen=True)
class Question:
    """One thing to be asked: `key` is what an answer names, `options` are values with labels.

    Where there are no options the answer is written: `example` is one.
    """

    key: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    example: str = ""


@dataclass(frozen=True)
class Answers:
    """What a user has said about one file: pairs of what was asked and what was answered."""

    given: tuple[tuple[str, str], ...] = ()
    _known: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._known.update((reference.normalise(key), text) for key, text in self.given)

    def to(self, key: str) -> str | None:
        """The answer to a question, as it was written; None where there is none."""
        return self._known.get(reference.normalise(key))

    def whole(self, key: str) -> bool:
        """Whether the user has said that what the text seems to select is all there is."""
        return reference.normalise(self.to(key) or "") in _YES

    def unused(self, key: str) -> bool:
        """Whether the user has said that a column is not to be read."""
        return reference.normalise(self.to(key) or "") in _UNUSED

    @property
    def not_persons(self) -> tuple[str, ...]:
        """The numbers that the user has said are of other things than persons."""
        return tuple(key for key, text in self.given if reference.normalise(text) == NOT_PERSONS)

    def about(self, column: Column) -> str | None:
        """What holds for the whole file in place of a column that it lacks."""
        return self.to(column.key) or self.to(column.label)

    def constants(self, export: Export) -> dict[str, str]:
        """By key of a column, what the user has said for the whole file."""
        columns = (c for c in export.columns if _may_be_constant(c))
        said = {column: text for column in columns if (text := self.about(column))}
        return {column.key: text for column, text in said.items() if not _is_heading(column, text)}

    def headings(self, export: Export) -> tuple[tuple[str, str], ...]:
        """The headings that the user has said are columns of the export, with the columns' keys."""
        names = {
            reference.normalise(name): column.key
            for column in export.columns
            for name in (column.label, column.key)
        }
        measures = {
            c.key
            for c in export.columns
            if not _may_be_constant(c) or _is_heading(c, self.about(c) or "")
        }
        pairs = []
        for text, said in self.given:
            asked, answer = reference.normalise(text), reference.normalise(said)
            if answer in names and asked not in names:
                pairs.append((text, names[answer]))
            elif names.get(asked) in measures and answer not in _YES | _UNUSED:
                pairs.append((said, names[asked]))
        return tuple(pairs)


def _may_be_constant(column: Column) -> bool:
    """Whether one value of the column can hold for a whole file."""
    return column.kind.dimension or column.kind in (kinds.TEXT, kinds.CHOICE)


def _is_heading(column: Column, answer: str) -> bool:
    """Whether an answer names the column of the municipalities, and not one of them."""
    return (
        column.kind is kinds.MUNICIPALITY
        and bool(answer)
        and reference.normalise(answer) not in reference.municipality_names()
    )


NO_ANSWERS = Answers()


def chosen(options: Sequence[tuple[str, str]], answer: str | None) -> str | None:
    """The value of the option that an answer means, by its value, its label or its number."""
    if answer is None:
        return None
    words = reference.normalise(answer)
    for number, (value, label) in enumerate(options, start=1):
        if words in (reference.normalise(value), reference.normalise(label), str(number)):
            return value
    return None


def listed(columns: Iterable[Column]) -> tuple[tuple[str, str], ...]:
    """Columns as options, and that it is none of them."""
    return (*((column.key, column.label) for column in columns), (UNUSED, "Används inte"))
