"""How deliveries of discharges are written: counts, or single stays that have been counted."""

from collections.abc import Mapping

from metrics.datasets.dataset import GAP, Writing

WRITING: Mapping[bool, Writing] = {
    False: Writing(
        tables={"discharge": "select * from fact"},
        spoken=f"""
            select
                period, municipality as subject,
                if({GAP}, -1, max((hospital is not null)::integer)) as fineness
            from fact
            group by all
        """,
    ),
    # Stays speak of every month and municipality that they span, also where there were none.
    True: Writing(
        tables={"discharge": "select * from fact", "discharge_days": "select * from days"},
        spoken="""
            select period, municipality as subject, 2 as fineness
            from (select distinct period from fact)
            cross join (select distinct municipality from fact)
        """,
    ),
}
