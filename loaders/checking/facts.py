"""Facts from a checked table of counts: one row per value, with its cell."""

import duckdb

from loaders.checking.entries import columns_of
from loaders.checking.lines import measures_of
from loaders.locating.located import Located

# Of the parts of a sum the last of these that occurs is the state of the whole.
_STATES = ["ok", "not-applicable", "missing", "confidential"]


def make_facts(located: Located, connection: duckdb.DuckDBPyConnection) -> int:
    """Make `fact`: one row per place, period, hospital, care form and measure, with its cell.

    Whatever else the export tells apart is in columns of its own. A column that is empty from top
    to bottom has not been delivered and gives no facts. Rows for the sites of one hospital are
    added up. Gives the number of table rows that were used.
    """
    have = {column.key for column in columns_of(located)}
    hospital = "hospital" if "hospital" in have else "null::varchar"
    care_form = "care_form" if "care_form" in have else "null::varchar"
    kept = "".join(f", {key}" for key in located.export.told_apart)
    missing = "".join(
        f", {key if key in have else 'null::varchar'} as {key}" for key in located.export.told_apart
    )
    selects = " union all ".join(
        f"""
        select
            period, municipality, {hospital} as hospital, {care_form} as care_form{missing},
            '{measure.key}' as measure,
            case when {measure.key}_state = 'ok' then {measure.key} end as value,
            case when {measure.key}_state = 'empty' then 'missing' else {measure.key}_state end
                as state,
            cell.sheet,
            cell.letters || (line.row + 1) as cell,
            (line.block, line.row) as place
        from line
        join cell on cell.block = line.block and cell.key = '{measure.key}'
        where role = 'data'
            and exists (
                from line as other
                where other.block = line.block
                    and other.role = 'data'
                    and other.{measure.key}_state <> 'empty'
            )
        """
        for measure in measures_of(located)
    )
    connection.execute(
        f"""
        create or replace temp table fact as
        select
            period, municipality, hospital, care_form{kept}, measure,
            case when bool_and(state = 'ok') then sum(value) end as value,
            max_by(state, list_position($states, state)) as state,
            min_by(sheet, place) as sheet,
            min_by(cell, place) as cell
        from ({selects})
        group by period, municipality, hospital, care_form{kept}, measure
        """,
        {"states": _STATES},
    )
    used = connection.execute("select count(*) from line where role = 'data'").fetchone()
    return int(used[0]) if used else 0
