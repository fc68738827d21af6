"""How deliveries of deviations are written: counts per quarter, or single cases."""

from collections.abc import Mapping

from metrics.datasets.dataset import Writing

_AREAS = "select area, stated from covered_area"
WRITING: Mapping[bool, Writing] = {
    # Counts speak of their municipalities, and of those of the areas that they are said to cover.
    # A gap in a list (loaders/checking/gaps.py) stands in no cell and covers nothing.
    False: Writing(
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
                select period, municipality from fact where cell is not null or state = 'ok'
                union all
                select period, covered.municipality
                from (select distinct period from fact)
                cross join covered
            )
        """,
    ),
    # Cases speak of every quarter that the export spans in the areas that it covers, more finely
    # than counts; and of part of a quarter, or of single municipalities, less than counts do.
    True: Writing(
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
}
