"""Workbooks that have months, or what counts are told apart by, in their heads, as plain rows."""

import re
from collections.abc import Mapping

import pandas as pd

from recalculation.raw import NotPlain
from recalculation.workbook import Rows, sheets

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-zåäö]*[- ]*(\d{{4}}|\d\d)\b", re.IGNORECASE)
_SUM = re.compile(r"\b(summa|totalt)\b", re.IGNORECASE)


def rows(
    content: bytes, spellings: Mapping[str, Mapping[str, str]], *, columns: Mapping[str, str]
) -> pd.DataFrame:
    """The rows of all sheets together: `period`, `place`, what is in `spellings`, and the measures.

    `columns` are the measures by heading, or by the name of a sheet that has nothing else, in lower
    case; `spellings` those of the values of each other thing. Raises NotPlain.
    """
    told = [
        cell
        for name, of in sheets(content).items()
        for cell in _sheet(name, of, columns, spellings)
    ]
    if not told:
        raise NotPlain("inget blad har månader eller grupper i sina rubriker")
    long = pd.DataFrame(told)
    keys = [name for name in long if name not in ("measure", "text")]
    return long.pivot(index=keys, columns="measure", values="text").reset_index()


def _sheet(
    name: str,
    of: Rows,
    columns: Mapping[str, str],
    spellings: Mapping[str, Mapping[str, str]],
) -> list[dict[str, str]]:
    """Each number: its `measure` and `text`, and where it is of."""
    at = next((at for at, row in enumerate(of) if "place" in _named(row, columns)), None)
    if at is None:
        return []
    place = _named(of[at], columns).index("place")
    months = {number: month for number, text in enumerate(of[at]) if (month := month_in(text))}
    if months:
        measure = columns.get(name.strip().lower())
        if measure is None:
            raise NotPlain(f"bladet {name} heter inte som något mått")
        heads = {
            number: {"period": period, "measure": measure} for number, period in months.items()
        }
        first = at + 1
    else:
        period = month_in(" ".join(" ".join(row) for row in of[:at]))
        heads = _bands(of[at], _named(of[at + 1], columns), spellings, period)
        first = at + 2
    return [
        {**head, "place": row[place], "text": row[number]}
        for row in of[first:]
        if any(row[number] for number in heads) and not _SUM.search(" ".join(row[: place + 1]))
        for number, head in heads.items()
    ]


def _bands(
    bands: list[str],
    measures: list[str],
    spellings: Mapping[str, Mapping[str, str]],
    period: str,
) -> dict[int, dict[str, str]]:
    """What each column is of, by the heads above its own."""
    heads, band = {}, ""
    for number, measure in enumerate(measures):
        band = bands[number].lower() or band
        known = {key: values[band] for key, values in spellings.items() if band in values}
        if measure and known and period:
            heads[number] = {"period": period, "measure": measure, **known}
    return heads


def _named(row: list[str], columns: Mapping[str, str]) -> list[str]:
    return [columns.get(text.lower(), "") for text in row]


def month_in(text: str) -> str:
    """`jul-19`, `juli 2019` as 2019-07; empty where none is named."""
    match = _MONTH.search(text)
    if match is None:
        return ""
    return f"20{match[2][-2:]}-{_MONTHS.index(match[1].lower()) + 1:02d}"
