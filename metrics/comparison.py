"""What a new version changes: every value of the cube against the version before."""

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Change:
    """How many of an indicator's values are new, changed, gone or as before (per whole place)."""

    indicator: str
    new: int
    changed: int
    lost: int
    unchanged: int


def remember(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the cube as it is before a change, for `changes`."""
    connection.execute("create or replace temp table cube_before as from cube")


def changes(connection: duckdb.DuckDBPyConnection) -> tuple[Change, ...]:
    """The cube against what `remember` kept, per indicator, over all periods, levels and places."""
    rows = connection.execute(
        """
        select
            indicator,
            count(*) filter (where before.indicator is null),
            count(*) filter (
                where before.indicator is not null
                    and after.indicator is not null
                    and (
                        before.value is distinct from after.value
                        or before.status <> after.status
                    )
            ),
            count(*) filter (where after.indicator is null),
            count(*) filter (
                where before.value is not distinct from after.value
                    and before.status = after.status
            )
        from (from cube where care_form = 'alla') as after
        full join (from cube_before where care_form = 'alla') as before
            using (indicator, period, level, place, "within")
        group by indicator
        """
    ).fetchall()
    found = {row[0]: Change(*row) for row in rows}
    return tuple(found[key] for key in sorted(found))
