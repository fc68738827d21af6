"""Which cells, and which rows that were counted, the numbers of each dataset are made of.

One statement a dataset for cells (load, sheet, cells in the file's order), and one where single
rows are counted (load, rows). Their parameters are those of `Scope`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb

import reference


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a number is of: its indicator and place, the municipalities that it holds, and its part.

    `part` is the form of care, the process or the programme, None for all of them.
    """

    indicator: str
    measures: tuple[str, ...]
    period: str
    level: str
    place: str
    within: str
    codes: tuple[str, ...]
    part: str | None


_CELLS = {
    "discharges": """
        select load_id, sheet, list(cell order by length(cell), cell)
        from discharge
        join municipality_owner as owner using (period, municipality, load_id)
        where period = $period
            and dataset = 'discharges'
            and list_contains($codes, municipality)
            and ($level <> 'hospital' or hospital = $place)
            and ($part is null or care_form = $part)
            and list_contains($measures, measure)
            and cell is not null
        group by load_id, sheet
        order by load_id, sheet
    """,
    "deviations": """
        select load_id, sheet, list(cell order by length(cell), cell)
        from deviation_count
        join municipality_owner as owner using (period, municipality, load_id)
        where period = $period
            and dataset = 'deviations'
            and $level <> 'hospital'
            and list_contains($codes, municipality)
            and ($part is null or process = $part)
            and list_contains($measures, 'deviations')
            and cell is not null
        group by load_id, sheet
        order by load_id, sheet
    """,
    "funds": """
        select fund_amount.load_id, sheet, list(cell order by length(cell), cell)
        from fund_amount
        semi join (from owner where dataset = 'funds') as held
            on held.load_id = fund_amount.load_id
            and held.period = fund_amount.period
            and held.subject
                = concat_ws(' | ', fund_amount.programme, fund_amount.level, fund_amount.recipient)
        where period = $period
            and programme = $part
            and $place in (recipient, programme)
            and list_contains($measures, measure)
            and cell is not null
        group by fund_amount.load_id, sheet
        order by fund_amount.load_id, sheet
    """,
    "indicators": """
        select indicator_value.load_id, sheet, list(cell order by length(cell), cell)
        from indicator_value
        semi join (from owner where dataset = 'indicators') as held
            on held.load_id = indicator_value.load_id
            and held.period = indicator_value.period
            and held.subject = concat_ws(
                ' | ', indicator_value.indicator,
                indicator_value.level || ':' || indicator_value.place
            )
        where period = $period
            and indicator = $indicator
            and (
                level = $level and place = $place
                or level = 'municipality' and list_contains($codes, place)
            )
            and cell is not null
        group by indicator_value.load_id, sheet
        order by indicator_value.load_id, sheet
    """,
}
_ROWS = {
    "discharges": """
        select load_id, sum(stays)::bigint
        from discharge_days
        join municipality_owner as owner using (period, municipality, load_id)
        where period = $period
            and dataset = 'discharges'
            and list_contains($codes, municipality)
            and ($level <> 'hospital' or hospital = $place)
            and ($part is null or care_form = $part)
        group by load_id
        order by load_id
    """,
    "deviations": """
        select load_id, sum(cases)::bigint
        from case_source
        where period = $period
            and level = $level
            and place = $place
            and ("within" = $within or level = 'municipality')
            and ($part is null or process = $part)
        group by load_id
        order by load_id
    """,
}
NOUNS = {"discharges": "vårdtillfällen", "deviations": "ärenden"}
"""What a row is about that was counted."""


def cells(
    connection: duckdb.DuckDBPyConnection, dataset: str, scope: Scope
) -> dict[int, dict[str, tuple[str, ...]]]:
    """The cells behind a number, by load and sheet."""
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for load_id, sheet, names in _asked(connection, _CELLS.get(dataset), scope):
        found.setdefault(load_id, {})[sheet] = tuple(names)
    return found


def rows(connection: duckdb.DuckDBPyConnection, dataset: str, scope: Scope) -> dict[int, int]:
    """How many rows of each load that a number is made of were counted in the whole county.

    A place's own number of rows would tell how many persons it had, also where that is hidden.
    """
    own = {load for load, _ in _asked(connection, _ROWS.get(dataset), scope)}
    county = replace(
        scope,
        level="county",
        place=reference.COUNTY,
        within=reference.COUNTY,
        codes=tuple(home.code for home in reference.municipalities()),
        part=None,
    )
    whole = dict(_asked(connection, _ROWS.get(dataset), county))
    return {load: whole[load] for load in own}


def _asked(
    connection: duckdb.DuckDBPyConnection, statement: str | None, scope: Scope
) -> list[tuple[Any, ...]]:
    if statement is None:
        return []
    given: Mapping[str, object] = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in vars(scope).items()
        if f"${key}" in statement
    }
    return connection.execute(statement, dict(given)).fetchall()
