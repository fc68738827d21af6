"""How a delivery of each dataset is written: what goes into which table, and what it speaks of.

A delivery's rows stand in the connection's temporary `fact` or `record` (loaders.delivery). What it
speaks of is made into the temporary `spoken`: period, subject and how finely; of that the
newest of the finest loads is the owner.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Per table the rows to insert, and the rows of `spoken`, both as SQL."""

    tables: Mapping[str, str]
    spoken: str


_DISCHARGES = "select * from fact"
_AREAS = "select area, stated from covered_area"

# By dataset, and whether its rows were single stays or cases.
WRITERS: Mapping[tuple[str, bool], Writer] = {
    ("discharges", False): Writer(
        tables={"discharge": _DISCHARGES},
        spoken="""
            select
                period, municipality as subject, max((hospital is not null)::integer) as fineness
            from fact
            group by all
        """,
    ),
    # Stays speak of every month and municipality that they span, also where there were none.
    ("discharges", True): Writer(
        tables={"discharge": _DISCHARGES, "discharge_days": "select * from days"},
        spoken="""
            select period, municipality as subject, 2 as fineness
            from (select distinct period from fact)
            cross join (select distinct municipality from fact)
        """,
    ),
    # Counts speak of their municipalities, and of those of the areas that they are said to cover.
    ("deviations", False): Writer(
        tables={
            "deviation_count": """
                select period, municipality, process, value, state, sheet, cell
                from fact
            """,
            "load_area": _AREAS,
        },
        spoken="""
            select distinct period, municipality as subject, 1 as fineness
            from (
                select period, municipality from fact
                union all
                select period, covered.municipality
                from (select distinct period from fact)
                cross join covered
            )
        """,
    ),
    # Cases speak of every quarter that the export spans in the areas that it covers, more finely
    # than counts; and of part of a quarter, or of single municipalities, less than counts do.
    ("deviations", True): Writer(
        tables={
            "deviation_case": """
                select
                    case_number, registered, municipality,
                    split_part(sender, ':', 1) as sender_level,
                    substr(sender, instr(sender, ':') + 1) as sender,
                    split_part(receiver, ':', 1) as receiver_level,
                    substr(receiver, instr(receiver, ':') + 1) as receiver,
                    process, severity, status, answered, closed, sheet, cell
                from record
            """,
            "deviation_extent": "select first_day, last_day, as_of from extent",
            "load_area": _AREAS,
        },
        spoken="""
            with
                quarter as (
                    select
                        unnest(
                            generate_series(
                                date_trunc('quarter', first_day), last_day, interval 3 month
                            )
                        )::date as first,
                        first_day, last_day
                    from extent
                ),
                span as (
                    select
                        year(first) || '-K' || quarter(first) as period,
                        case
                            when first_day <= first
                                and last_day >= first + interval 3 month - interval 1 day
                            then 2
                            else 0
                        end as fineness
                    from quarter
                )
            select period, municipality as subject, fineness
            from span
            cross join covered
            union all
            select distinct
                year(registered) || '-K' || quarter(registered) as period, municipality, 0
            from record
            where municipality not in (from covered) or period not in (select period from span)
        """,
    ),
    # A register owns the recipients that it lists, of a programme and year.
    ("funds", False): Writer(
        tables={
            "fund": """
                select
                    row_number() over () as position, programme, year as period, level, recipient,
                    decided_on, decided_by, sheet, cell
                from record
            """,
            "fund_amount": """
                select programme, year as period, level, recipient, amount.*, sheet
                from (
                    select
                        * exclude (cell),
                        unnest([
                            {measure: 'allocated', value: allocated, state: allocated_state,
                                lower: allocated_lower, cell: allocated_cell},
                            {measure: 'ceiling', value: ceiling, state: ceiling_state,
                                lower: ceiling_lower, cell: ceiling_cell},
                            {measure: 'requisitioned', value: requisitioned,
                                state: requisitioned_state, lower: requisitioned_lower,
                                cell: requisitioned_cell},
                            {measure: 'used', value: used, state: used_state, lower: used_lower,
                                cell: used_cell}
                        ]) as amount
                    from record
                )
                where amount.state <> 'empty'
            """,
        },
        spoken="""
            select
                year as period, concat_ws(' | ', programme, level, recipient) as subject,
                0 as fineness
            from record
        """,
    ),
    ("population", False): Writer(
        tables={
            "inhabitant": "select period, municipality, value, state, sheet, cell from fact",
        },
        spoken="""
            select distinct period, municipality as subject, 0 as fineness
            from fact
        """,
    ),
    ("indicators", False): Writer(
        tables={
            "indicator_value": """
                select
                    indicator, period, split_part(place, ':', 1) as level,
                    substr(place, instr(place, ':') + 1) as place,
                    numerator, numerator_state, denominator, denominator_state, value, value_state,
                    sheet, cell
                from record
            """,
        },
        spoken="""
            select
                period, concat_ws(' | ', indicator, place) as subject, 0 as fineness
            from record
        """,
    ),
}
# What a load that is taken away altogether leaves behind.
TABLES = tuple(
    {table: None for writer in WRITERS.values() for table in writer.tables} | {"claim": None}
)


def make_spoken(connection: duckdb.DuckDBPyConnection, *, dataset: str, cases: bool) -> None:
    """Make the temporary `spoken` of a delivery."""
    connection.execute(f"create or replace temp table spoken as {WRITERS[dataset, cases].spoken}")


def write(
    connection: duckdb.DuckDBPyConnection, load_id: int, *, dataset: str, cases: bool
) -> None:
    """Insert a delivery's rows and what it claims; `spoken` has been made."""
    for table, rows in WRITERS[dataset, cases].tables.items():
        connection.execute(
            f"insert into {table} by name select $load_id as load_id, * from ({rows})",
            {"load_id": load_id},
        )
    connection.execute(
        """
        insert into claim by name
        select $load_id as load_id, period, subject, fineness
        from spoken
        """,
        {"load_id": load_id},
    )
