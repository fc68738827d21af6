"""Single stays are counted here and go no further: out come counts by whole days of waiting.

A stay belongs to the month of its discharge. Waiting is the date of discharge minus the date of
the notice; an empty notice, or one later than the discharge, is a discharge before notice and no
part of the mean (docs/domain.md).
"""

import duckdb

from loaders.checking import faults
from loaders.checking.entries import columns_of
from loaders.declaration import Days
from loaders.locating.located import Located
from loaders.problems import Problem

# Which counts follow from the days of waiting; their names are the dataset's measures.
MEASURES = {
    "discharges": "sum(stays) filter (where days is not null)",
    "ready_days": "sum(stays * days)",
    "same_day": "sum(stays) filter (where days = 0)",
    "over_3": "sum(stays) filter (where days > 3)",
    "over_7": "sum(stays) filter (where days > 7)",
    "before_notice": "sum(stays) filter (where days is null)",
}


def check(located: Located, counted: Days, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """All faults in rows about stays; rows that are wholly empty are no rows."""
    problems: list[Problem] = []
    columns = columns_of(located)
    filled = " || ".join(f"coalesce({column.key}, '')" for column in columns)
    for column in columns:
        # A home that nobody knows is set aside; the receipt says how many there are.
        good = "('ok', 'empty', 'missing')" if column.blank else "('ok', 'aside')"
        bad = f"from is_{column.key} where state not in {good}"
        if not connection.execute(f"{bad} limit 1").fetchone():
            continue
        rows = connection.execute(
            f"""
            select row, block, text, case when state = 'empty' then 'required' else state end
            from entry
            join ({bad}) on {column.key} is not distinct from text
            where trim({filled}) <> ''
            order by row
            """
        ).fetchall()
        known = [
            (row, block, text, code if code in faults.CELL_CODES else "not-allowed")
            for row, block, text, code in rows
        ]
        problems += faults.listed(known, column=column, located=located, connection=connection)
    return problems


def count(located: Located, counted: Days, connection: duckdb.DuckDBPyConnection) -> int:
    """Make `days` (counts by waiting) and `fact` (measures); gives the number of stays counted."""
    connection.execute(
        f"""
        create or replace temp table days as
        with
            -- What a text means is worked out once for each, not for each stay.
            ended as materialized (
                select
                    text, value, value::date as day, value = date_trunc('day', value) as whole,
                    strftime(value, '%Y-%m') as period
                from is_{counted.end}
            ),
            started as materialized (
                select text, value, value::date as day from is_{counted.start}
            ),
            stay as (
                select
                    period, municipality, hospital, care_form,
                    case
                        -- A day without its time, or midnight itself, is compared as a day.
                        when started.value <= ended.value or whole and started.day = ended.day
                        then ended.day - started.day
                    end as days
                from entry
                join ended on entry.{counted.end} = ended.text
                left join started on entry.{counted.start} = started.text
            ),
            written as (select *, count(*) as stays from stay group by all)
        select
            period,
            place.value as municipality,
            hospital.value as hospital,
            care_form.value as care_form,
            days,
            sum(stays)::bigint as stays
        from written
        join is_municipality as place
            on written.municipality = place.text and place.state = 'ok'
        join is_hospital as hospital on written.hospital = hospital.text
        join is_care_form as care_form on written.care_form = care_form.text
        group by all
        """
    )
    measures = ", ".join(f"coalesce({formula}, 0) as {key}" for key, formula in MEASURES.items())
    connection.execute(
        f"""
        create or replace temp table fact as
        with measured as (
            select period, municipality, hospital, care_form, {measures}
            from days
            group by all
        )
        select
            period, municipality, hospital, care_form, measure, value::double as value,
            'ok' as state, null::varchar as sheet, null::varchar as cell
        from (unpivot measured on {", ".join(MEASURES)} into name measure value value)
        """
    )
    counted_rows = connection.execute("select coalesce(sum(stays), 0) from days").fetchone()
    return int(counted_rows[0]) if counted_rows else 0
