"""Statistics Sweden's PxWebApi 2: a table of the county's municipalities, as JSON-stat 2.

The API: https://www.scb.se/vara-tjanster/oppna-data/pxwebapi/ and, for its form,
https://github.com/PxTools/PxApiSpecs. Sex and age are always asked for by their codes, since a
table that is added up without being told so may be of a part.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import Any

import requests

import reference
from sources.asking import Asking
from sources.declaration import Source, SourceError
from sources.remote import Readable, Remote

_PLACES = "Region"
# What is never left for the server to add up.
_ALWAYS = frozenset({"Kon", "Alder"})
# What is asked for at once where the server does not say how much it gives.
_CELLS = 100_000
_Selection = Mapping[str, Sequence[str]]


@contextmanager
def listed(source: Source) -> Iterator[list[Remote]]:
    """A file for each part of the table: all of it, or years by years where that is too much."""
    with requests.Session() as session:
        # Neither a name nor a password goes to an open API, not even the machine's own (.netrc).
        session.auth = lambda request: request
        asking = Asking(source, session)
        base = f"{source.where.rstrip('/')}"
        _, config = asking.ask(f"{base}/config")
        limits = config if isinstance(config, Mapping) else {}
        asking.space(
            calls=_whole(limits, "maxCallsPerTimeWindow", 0),
            seconds=_whole(limits, "timeWindow", 0),
        )
        _, told = asking.ask(f"{base}/tables/{source.table}/metadata?lang=sv")
        try:
            selection, time = _selection(source, told)
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise SourceError(
                f"Beskrivningen av tabellen {source.table} är inte i den form som API:et beskriver "
                f"({type(error).__name__}: {error})."
            ) from error
        cells = _whole(limits, "maxDataCells", _CELLS)
        yield [
            Remote(
                name=f"{source.table}_{years[0]}-{years[-1]}.json",
                size=None,
                changed=None,
                opened=partial(_opened, source, asking, {**selection, time: years}),
            )
            for years in _parts(selection, time, cells)
        ]


def _whole(limits: Mapping[str, Any], key: str, otherwise: int) -> int:
    value = limits.get(key)
    return value if isinstance(value, int) and value > 0 else otherwise


def _selection(source: Source, told: Mapping[str, Any]) -> tuple[dict[str, list[str]], str]:
    """The codes to ask for of each variable, and which of them is the time."""
    variables = {name: _codes(told["dimension"][name]) for name in told["id"]}
    time = str(told["role"]["time"][0])
    chosen: dict[str, list[str]] = {}
    if unknown := set(source.select) - set(variables):
        raise SourceError(
            f"Tabellen {source.table} har ingen variabel {', '.join(sorted(unknown))}. "
            f"Den har {', '.join(variables)}."
        )
    for name, codes in variables.items():
        extension = told["dimension"][name].get("extension", {})
        if name in source.select:
            chosen[name] = list(source.select[name])
        elif name == time:
            chosen[name] = sorted(codes)[-source.years :]
        elif name == _PLACES:
            chosen[name] = sorted(home.code for home in reference.municipalities())
        elif len(codes) == 1:
            chosen[name] = codes
        elif not extension.get("elimination") or name in _ALWAYS:
            raise SourceError(
                f"Ange koder för {name} på raden select i sources.toml: tabellen {source.table} "
                f"har {len(codes)}, till exempel {', '.join(codes[:5])}."
            )
    for name, wanted in chosen.items():
        if missing := [code for code in wanted if code not in variables[name]]:
            raise SourceError(
                f"Tabellen {source.table} har inte {', '.join(missing[:5])} i variabeln {name}."
            )
    return chosen, time


def _codes(dimension: Mapping[str, Any]) -> list[str]:
    index = dimension["category"]["index"]
    return sorted(index, key=lambda code: index[code]) if isinstance(index, Mapping) else index


def _parts(selection: _Selection, time: str, most: int) -> list[list[str]]:
    """The periods to ask for at once, so that no answer has more cells than is given."""
    one = math.prod(len(codes) for name, codes in selection.items() if name != time)
    if one > most:
        raise SourceError(
            f"En period av tabellen är {one} celler, och servern ger högst {most} åt gången. "
            "Välj färre koder på raden select i sources.toml."
        )
    periods, at_once = list(selection[time]), max(1, most // one)
    return [periods[at : at + at_once] for at in range(0, len(periods), at_once)]


@contextmanager
def _opened(source: Source, asking: Asking, selection: _Selection) -> Iterator[Readable]:
    url = f"{source.where.rstrip('/')}/tables/{source.table}/data?lang=sv&outputFormat=json-stat2"
    wanted = [
        {"variableCode": name, "valueCodes": list(codes)} for name, codes in selection.items()
    ]
    raw, told = asking.ask(url, body={"selection": wanted})
    _refuse_others(told, selection)
    yield BytesIO(raw)


def _refuse_others(told: Any, selection: _Selection) -> None:
    """An answer to another question than was asked is no answer."""
    try:
        given = {name: _codes(told["dimension"][name]) for name in told["id"]}
    except (KeyError, TypeError, AttributeError) as error:
        raise SourceError("Svaret är inte JSON-stat 2.0. Ingenting har lästs in.") from error
    for name, codes in selection.items():
        if sorted(given.get(name, [])) != sorted(codes):
            raise SourceError(
                f"Svaret har andra koder för {name} än de som det frågades om. "
                "Ingenting har lästs in."
            )
