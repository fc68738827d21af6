"""What exports and blocks declare of counts, for them to be worked out anew: data, and no code."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

from loaders.declaration import Column, Export
from loaders.exports import exports
from recalculation.counted import Formula, Layout

CATALOGUE = files("metrics").joinpath("catalogue.toml")
_KEYS = {"municipality": "place", "hospital": "hospital"}
_CARE_FORM = "care_form"


def blocks() -> Mapping[str, Mapping[str, Any]]:
    """The program's own indicators by key, as they are written."""
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


def layout(dataset: str) -> Layout | None:
    """What is declared of a dataset of counts; None where it is none."""
    told = [one for one in exports() if one.dataset == dataset and one.tables]
    return _layout(told, dataset) if told else None


def _key(column: Column) -> str:
    return "period" if column.kind.period else _KEYS.get(column.kind.key, column.key)


def _layout(told: Sequence[Export], dataset: str) -> Layout:
    columns = [column for export in told for column in export.columns]
    named = {column.key: _key(column) for column in columns}
    counts = [column for export in told for column in export.measures]
    parts = _unlike(
        column.key
        for export in told
        for column in export.dimensions
        if not (column.kind.period or column.kind.key in _KEYS)
    )  # fmt: skip
    several = len(parts) > 1
    return Layout(
        columns={
            heading.lower(): named[column.key]
            for column in reversed(columns)
            for heading in (*column.generic, *column.names, column.label)
        },
        always=frozenset.intersection(*map(_required, told)),
        counts=_unlike(column.key for column in counts),
        units=_unlike(column.key for column in counts if column.counts in ("persons", "cases")),
        parts={key: f"{key}:" if several and key != _CARE_FORM else "" for key in parts},
        spellings={column.key: column.choices for column in columns if column.choices},
        fine=("hospital", *parts),
        formulas={
            key: _formula(block) for key, block in blocks().items() if block["dataset"] == dataset
        },
        money=frozenset(column.key for column in counts if column.kind.money),
        nil=any(export.dash_is_none for export in told),
    )


def _required(export: Export) -> frozenset[str]:
    return frozenset(_key(one) for one in export.columns if one.required)


def _formula(block: Mapping[str, Any]) -> Formula:
    whole = Formula(top=_terms(block["numerator"]))
    return Formula(
        top=whole.top,
        bottom=_terms(block.get("denominator", "")),
        times=block.get("per", 1),
        levels=tuple(block.get("levels", whole.levels)),
    )


def _terms(text: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in text.split("+") if term.strip())


def _unlike(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
