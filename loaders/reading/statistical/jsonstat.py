"""JSON-stat 2.0, as Statistics Sweden and Eurostat give tables (https://json-stat.org/full/)."""

from collections.abc import Mapping, Sequence
from typing import Any

from loaders.problems import refuse
from loaders.reading.statistical.cube import (
    MISSING,
    SIGNS,
    Dimension,
    Grid,
    refuse_cells,
    unfolded,
    with_unit,
)


def is_dataset(document: object) -> bool:
    """Whether a JSON document says that it is a dataset of JSON-stat 2."""
    return isinstance(document, Mapping) and document.get("class") == "dataset"


def table(document: Mapping[str, Any]) -> Grid:
    """The dataset as a table.

    Raises Refused (not-a-spreadsheet) where it is not as the format says, too-large.
    """
    try:
        return _table(document)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise refuse(
            "not-a-spreadsheet",
            f"JSON-stat-filen är inte hel: det som ska stå där saknas eller är något annat "
            f"({type(error).__name__}: {error}).",
        ) from error


def _table(document: Mapping[str, Any]) -> Grid:
    ids = list(document["id"])
    sizes = [int(size) for size in document["size"]]
    refuse_cells(sizes)
    dimensions = [_dimension(name, document["dimension"][name]) for name in ids]
    if [len(one.codes) for one in dimensions] != sizes:
        raise ValueError("size")
    number = 1
    for size in sizes:
        number *= size
    values = _listed(document["value"], number)
    states = _listed(document.get("status") or [], number)
    metric = [ids.index(name) for name in document.get("role", {}).get("metric", ())]
    return unfolded(
        name="Tabell",
        title=str(document.get("label") or ""),
        dimensions=dimensions,
        measures=dimensions[metric[0]] if metric else None,
        text=lambda at: _text(values[at], states[at]),
        notes=_notes(document),
    )


def _dimension(name: str, told: Mapping[str, Any]) -> Dimension:
    category = told["category"]
    labels: Mapping[str, str] = category.get("label", {})
    index = category.get("index", list(labels))
    codes = sorted(index, key=lambda code: index[code]) if isinstance(index, Mapping) else index
    if isinstance(index, Mapping) and sorted(index.values()) != list(range(len(index))):
        raise ValueError("index")
    units: Mapping[str, Any] = category.get("unit") or {}
    return Dimension(
        name=str(told.get("label") or name),
        codes=tuple(map(str, codes)),
        labels=tuple(
            with_unit(str(labels.get(code, code)), str((units.get(code) or {}).get("base") or ""))
            for code in codes
        ),
    )


def _listed(given: Any, number: int) -> list[Any]:
    """What is given for each cell: a list of all, a mapping of some, or one for all of them."""
    if isinstance(given, str):
        return [given] * number
    if isinstance(given, Mapping):
        values: list[Any] = [None] * number
        for at, value in given.items():
            if not 0 <= int(at) < number:
                raise ValueError("value")
            values[int(at)] = value
        return values
    if given and len(given) != number:
        raise ValueError("value")
    return list(given) or [None] * number


def _text(value: Any, state: Any) -> str:
    """A value as a cell; one that is not there is the sign that its state is, else missing."""
    if value is None:
        return state if isinstance(state, str) and state in SIGNS else MISSING
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("value")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value} {state}" if state else str(value)


def _notes(document: Mapping[str, Any]) -> list[str]:
    notes: Sequence[Any] = document.get("note") or []
    source = document.get("source")
    return [*map(str, notes), *([f"Källa: {source}"] if source else [])]
