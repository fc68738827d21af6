"""Kolada's answers (https://api.kolada.se/v3/docs), and what was asked for at once, as one file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from loaders.problems import refuse
from loaders.reading.statistical.cube import MISSING, Grid

ANSWERS = "kolada"
"""The key that the answers to several questions stand under, each as Kolada gave it."""
_HEAD = ["Nyckeltal", "Kommun", "År", "Värde"]
_BOTH = "T"
_HIDDEN_FOR_PRIVACY = "priv"


def is_answer(document: object) -> bool:
    """Whether a JSON document is an answer of Kolada with values, or several."""
    return isinstance(document, Mapping) and (
        isinstance(document.get(ANSWERS), Sequence) or _has_data(document)
    )


def pages(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The answers that the document holds, each as Kolada gave it."""
    found = document.get(ANSWERS)
    return found if isinstance(found, Sequence) else [document]


def tables(document: Mapping[str, Any]) -> list[Grid]:
    """The values of both sexes together, and beside them, hidden, those by sex.

    Raises Refused (not-a-spreadsheet) where the answer is not as Kolada gives it.
    """
    try:
        values = [
            (row, value)
            for page in pages(document)
            if _has_data(page)
            for row in page["values"]
            for value in row["values"]
        ]
        whole = _rows((row, value) for row, value in values if value["gender"] == _BOTH)
        parts = _rows(
            ((row, value) for row, value in values if value["gender"] != _BOTH), sexes=True
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise refuse(
            "not-a-spreadsheet",
            f"Svaret från Kolada är inte helt: {error} saknas eller är något annat.",
        ) from error
    grids = [Grid(name="Kolada", rows=whole)]
    return [*grids, Grid(name="Efter kön", rows=parts, hidden=True)] if len(parts) > 1 else grids


def _has_data(page: Mapping[str, Any]) -> bool:
    values = page.get("values")
    first = values[0] if isinstance(values, list) and values else None
    return isinstance(first, Mapping) and {"kpi", "municipality", "period"} <= set(first)


def _rows(
    values: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]], *, sexes: bool = False
) -> list[list[str]]:
    rows = [[*_HEAD, *(["Kön"] if sexes else [])]]
    for row, value in values:
        sex = [str(value["gender"])] if sexes else []
        rows.append(
            [str(row["kpi"]), str(row["municipality"]), str(row["period"]), _text(value), *sex]
        )
    return rows


def _text(value: Mapping[str, Any]) -> str:
    """A value as a cell: also what is not there, or was taken away again, is said."""
    number, state = value["value"], str(value.get("status") or "")
    if state.casefold().startswith(_HIDDEN_FOR_PRIVACY):
        return ".."
    if number is None or value.get("isdeleted"):
        return MISSING
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise TypeError("value")
    text = str(int(number)) if float(number).is_integer() else repr(number)
    return f"{text} {state}" if state else text
