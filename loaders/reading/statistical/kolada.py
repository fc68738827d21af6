"""Kolada's answers (https://api.kolada.se/v3/docs), and what was asked for at once, as one file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from loaders.problems import refuse
from loaders.reading.statistical.cube import MISSING, Grid

ANSWERS = "kolada"
"""The key that the answers to several questions stand under, each as Kolada gave it."""
COUNTRY = "kolada_riket"
"""The same of answers about the municipalities of the whole country."""
_HEAD = ["Nyckeltal", "Kommun", "År", "Värde"]
_COUNTRY_HEAD = ["Nyckeltal", "Kommun i riket", "År", "Värde"]
# Regions and the country itself have codes that begin with two zeros, groups a letter.
_MUNICIPALITY = re.compile(r"(?!00)\d{4}")
_BOTH = "T"
_HIDDEN_FOR_PRIVACY = "priv"


def is_answer(document: object) -> bool:
    """Whether a JSON document is an answer of Kolada with values, or several."""
    return isinstance(document, Mapping) and (
        any(isinstance(document.get(key), list) for key in (ANSWERS, COUNTRY))
        or _has_data(document)
    )


def pages(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The answers that the document holds, each as Kolada gave it."""
    answers = next((document[key] for key in (ANSWERS, COUNTRY) if key in document), [document])
    return answers if isinstance(answers, list) else []


def tables(document: Mapping[str, Any]) -> list[Grid]:
    """The values of both sexes together, and beside them, hidden, those by sex.

    Of the whole country, its regions and groups are hidden as well: they are no municipalities.

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
        country = COUNTRY in document
        read = [one for one in values if one[1]["gender"] == _BOTH and not _apart(one[0], country)]
        whole = _rows(read, _COUNTRY_HEAD if country else _HEAD)
        rest = [one for one in values if one[1]["gender"] != _BOTH or _apart(one[0], country)]
        parts = _rows(rest, _HEAD, sexes=True)
    except (KeyError, TypeError, AttributeError) as error:
        raise refuse(
            "not-a-spreadsheet",
            f"Svaret från Kolada är inte helt: {error} saknas eller är något annat.",
        ) from error
    grids = [Grid(name="Kolada", rows=whole)]
    return [*grids, Grid(name="Läses inte", rows=parts, hidden=True)] if len(parts) > 1 else grids


def _has_data(page: Mapping[str, Any]) -> bool:
    values = page.get("values")
    first = values[0] if isinstance(values, list) and values else None
    return isinstance(first, Mapping) and {"kpi", "municipality", "period"} <= set(first)


def _apart(row: Mapping[str, Any], country: bool) -> bool:
    """Whether a row of the country is of something else than a municipality."""
    return country and not _MUNICIPALITY.fullmatch(str(row["municipality"]))


def _rows(
    values: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]],
    head: Sequence[str],
    *,
    sexes: bool = False,
) -> list[list[str]]:
    rows = [[*head, *(["Kön"] if sexes else [])]]
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
