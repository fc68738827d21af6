"""What a new version changes: every value that is shown against the version before."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from metrics.catalogue import indicators
from metrics.datasets import datasets


@dataclass(frozen=True)
class Change:
    """How many of an indicator's values are new, changed, gone or as before.

    A value is a place's, and of funds one for each programme.
    """

    indicator: str
    new: int
    changed: int
    lost: int
    unchanged: int


def apart() -> list[str]:
    """The indicators that have no value for all parts together: each programme is by itself."""
    return [key for key, chosen in indicators().items() if datasets()[chosen.dataset].apart]


# Of each indicator what comes before the first period that is not to be told of.
_TOLD = """(part = 'alla' or list_contains($apart, indicator))
    and not list_contains($of_deliveries, indicator)
    and period < coalesce(list_extract($firsts, list_position($keys, indicator)), '9999-99')"""


def _asked(until: Mapping[str, str] | None) -> dict[str, object]:
    """The parameters of _TOLD; `until` has the first period not told of, by indicator."""
    # An empty list has no type that texts could be looked for in.
    firsts = {"": "", **(until or {})}
    return {
        "apart": apart(),
        "of_deliveries": _of_deliveries(),
        "keys": list(firsts),
        "firsts": list(firsts.values()),
    }


def remember(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep what is shown before a change, for `changes`."""
    connection.execute(
        """
        create or replace temp table shown_before as
        from shown
        where not list_contains($of_deliveries, indicator)
        """,
        {"of_deliveries": _of_deliveries()},
    )


def _of_deliveries() -> list[str]:
    """The indicators that tell how deliveries are kept.

    They follow of every delivery, and are no change of what was delivered.
    """
    return [key for key, chosen in indicators().items() if not datasets()[chosen.dataset].writing]


def changes(
    connection: duckdb.DuckDBPyConnection, *, until: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """What is shown against what `remember` kept, per indicator, over all periods and places.

    `until` has, by indicator, the first of its periods that are left out.
    """
    rows = connection.execute(
        f"""
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
        from (from shown where {_TOLD}) as after
        full join (from shown_before where {_TOLD}) as before
            using (indicator, period, level, place, "within", part)
        group by indicator
        """,
        _asked(until),
    ).fetchall()
    by_place = {row[0]: Change(*row) for row in rows}
    return tuple(by_place[key] for key in sorted(by_place))


@dataclass(frozen=True)
class PeriodChange:
    """A period of an indicator: how many of its values are new, changed, gone or as before."""

    indicator: str
    period: str
    new: int
    changed: int
    lost: int
    unchanged: int


def by_period(
    connection: duckdb.DuckDBPyConnection, *, until: Mapping[str, str] | None = None
) -> tuple[PeriodChange, ...]:
    """As `changes`, period by period, of the indicators that have a value that is not as before."""
    rows = connection.execute(
        f"""
        with compared as (
            select
                indicator, period,
                before.indicator is null as is_new,
                after.indicator is null as is_lost,
                before.value is not distinct from after.value
                    and before.status is not distinct from after.status as same
            from (from shown where {_TOLD}) as after
            full join (from shown_before where {_TOLD}) as before
                using (indicator, period, level, place, "within", part)
        )
        select
            indicator, period,
            count(*) filter (where is_new),
            count(*) filter (where not (is_new or is_lost or same)),
            count(*) filter (where is_lost),
            count(*) filter (where same and not (is_new or is_lost))
        from compared
        group by indicator, period
        qualify not bool_and(bool_and(same)) over (partition by indicator)
        order by indicator, period
        """,
        _asked(until),
    ).fetchall()
    return tuple(PeriodChange(*row) for row in rows)


@dataclass(frozen=True)
class ValueChange:
    """One value before and after, None where there is none; `status` is ok, partial, missing, …"""

    indicator: str
    period: str
    level: str
    place: str
    old: float | None
    new: float | None
    old_status: str
    new_status: str


def largest(
    connection: duckdb.DuckDBPyConnection,
    *,
    limit: int = 100,
    until: Mapping[str, str] | None = None,
) -> tuple[ValueChange, ...]:
    """The values that change most, and those that are lost, against what `remember` kept.

    Sizes are compared across indicators as shares of what is usual for the indicator and level
    (the mean of the absolute values before). New values are not among them, nor are those that are
    now confidential: the value before, beside what is shown now, could give others away.
    """
    rows = connection.execute(
        f"""
        with compared as (
            select
                indicator, period, level, place,
                before.value as old, after.value as new,
                before.status as old_status,
                coalesce(after.status, 'missing') as new_status,
                avg(abs(before.value)) over (partition by indicator, level) as usual
            from (
                from shown_before
                where {_TOLD}
                    and ("within" = 'lan' or level = 'municipality')
            ) as before
            left join shown as after
                using (indicator, period, level, place, "within", part)
        )
        select indicator, period, level, place, old, new, old_status, new_status
        from compared
        where (old is distinct from new or old_status <> new_status)
            and new_status <> 'confidential'
        order by
            abs(coalesce(new, 0) - coalesce(old, 0)) / nullif(usual, 0) desc nulls last,
            period desc, indicator, level, place
        limit $limit
        """,
        {"limit": limit, **_asked(until)},
    ).fetchall()
    return tuple(ValueChange(*row) for row in rows)
