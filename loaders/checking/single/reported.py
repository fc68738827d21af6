"""What each indicator is reported as: for which periods and places, and with which numbers."""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from loaders.checking import faults
from loaders.declaration import AsReported, Column, Reported
from loaders.locating.located import Located
from loaders.problems import Problem
from swedish import typography
from swedish.periods import GRAINS

_LEVELS = {"county": "län", "area": "område", "municipality": "kommun", "hospital": "sjukhus"}


@dataclass(frozen=True, kw_only=True)
class _Condition:
    """A fault that a row can have: at which column, its code, when it is so, and what to say."""

    at: str
    code: str
    when: str
    said: Callable[[Column, str, Reported], str]


def _needed(column: Column, _: str, known: Reported) -> str:
    return f"{column.label}: cellen är tom; {known.name} räknas inte ut utan den."


def _negative(column: Column, text: str, _: Reported) -> str:
    return f"{column.label}: {text} är mindre än noll."


def _broken(column: Column, text: str, known: Reported) -> str:
    return f"{column.label}: {text} är inte ett helt tal, som {known.name} är."


_CONDITIONS = (
    *(
        _Condition(
            at=key, code="not-a-number", when=f"whole and {key} <> floor({key})", said=_broken
        )
        for key in ("numerator", "value")
    ),
    _Condition(
        at="period",
        code="not-a-period",
        when="given <> grain",
        said=lambda column, text, known: (
            f"{column.label}: {known.name} redovisas per {GRAINS[known.grain]}, inte för '{text}'."
        ),
    ),
    _Condition(
        at="place",
        code="not-allowed",
        when="not list_contains(levels, level)",
        said=lambda column, text, known: (
            f"{column.label}: {known.name} redovisas per "
            f"{typography.enumerate_words([_LEVELS[level] for level in known.levels])}, "
            f"inte för '{text}'."
        ),
    ),
    _Condition(
        at="numerator",
        code="part-exceeds-whole",
        when="share and numerator > denominator",
        said=lambda column, text, _: f"{column.label} ({text}) är mer än nämnaren.",
    ),
    _Condition(
        at="value",
        code="part-exceeds-whole",
        when="share and value > 100 and (numerator is null or denominator is null)",
        said=lambda column, text, _: f"{column.label}: {text} är mer än 100 procent.",
    ),
    # A cell that shows 75,5 % holds 0.755.
    _Condition(
        at="value",
        code="fraction-for-percent",
        when="share and value > 0 and value < 1 and numerator is null and most <= 1",
        said=lambda column, text, known: (
            f"{column.label}: {text} läses som {text} procent, och inget värde för {known.name} "
            "är mer än 1."
        ),
    ),
    _Condition(
        at="value",
        code="fraction-for-percent",
        when="share and value > 0 and value < 1 and numerator is null and least >= 10",
        said=lambda column, text, known: (
            f"{column.label}: {text} läses som {text} procent, och de andra värdena för "
            f"{known.name} är minst 10."
        ),
    ),
    # A share is said as 75 or as 75,4; as 0,75 it is read by the numbers that it is made of.
    _Condition(
        at="value",
        code="mean-mismatch",
        when="""
            (share and denominator > 0
                and least(abs(100 * numerator / denominator - value),
                    abs(numerator / denominator - value) * 100) > 0.51)
            or (calculation = 'sum' and numerator <> value)
        """,
        said=lambda column, text, known: (
            f"{column.label}: {text} är inte vad täljare och nämnare ger av {known.name}."
        ),
    ),
    _Condition(
        at="numerator",
        code="required",
        when="calculation <> 'value' and numerator_state = 'empty' and value_state = 'empty'",
        said=_needed,
    ),
    _Condition(
        at="denominator",
        code="required",
        when="calculation = 'ratio' and numerator is not null and denominator_state = 'empty' "
        "and value is null",
        said=_needed,
    ),
    _Condition(
        at="value",
        code="required",
        when="calculation = 'value' and value_state = 'empty'",
        said=_needed,
    ),
    _Condition(
        at="numerator",
        code="negative",
        when="calculation <> 'value' and numerator < 0",
        said=_negative,
    ),
    _Condition(
        at="denominator",
        code="negative",
        when="calculation = 'ratio' and denominator < 0",
        said=_negative,
    ),
    _Condition(
        at="value",
        code="negative",
        when="calculation <> 'value' and value < 0",
        said=_negative,
    ),
)


def check(
    rule: AsReported, located: Located, have: set[str], connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    """Every row that is not as its indicator is reported."""
    _make_tables(rule, have, connection)
    problems = []
    for condition in _CONDITIONS:
        column = located.export.column(condition.at)
        rows = connection.execute(
            f"""
            select reported.row, reported.block, reported.indicator,
                {f"entry.{column.key}" if column.key in have else "null"}
            from (from reported where {condition.when}) as reported
            join entry using (row, block)
            order by block, row
            """
        ).fetchall()
        for row, block, key, text in rows[: faults.LISTED]:
            sheet, cell = faults.cell_of(
                column.key, row=row, block=block, located=located, connection=connection
            )
            problems.append(
                Problem(
                    code=condition.code,
                    message=condition.said(column, text or "", rule.by[key]),
                    sheet=sheet,
                    cell=cell,
                    column=column.label,
                    value=text or None,
                )
            )
    return problems


def _make_tables(rule: AsReported, have: set[str], connection: duckdb.DuckDBPyConnection) -> None:
    rows = [
        [
            key,
            known.grain,
            known.calculation,
            str(known.share),
            ",".join(known.levels),
            str(known.whole),
        ]
        for key, known in rule.by.items()
    ]
    connection.execute(
        """
        create or replace temp table known as
        select
            r[1] as indicator, r[2] as grain, r[3] as calculation, r[4]::boolean as share,
            string_split(r[5], ',') as levels, r[6]::boolean as whole
        from (select unnest($rows::varchar[][]) as r)
        """,
        {"rows": rows},
    )
    numbers = ", ".join(
        f"{key}, {key}_state" if key in have else f"null::double as {key}, 'empty' as {key}_state"
        for key in ("numerator", "denominator", "value")
    )
    connection.execute(
        f"""
        create or replace temp table reported as
        select
            row, block, {numbers}, known.*,
            max(value) over (partition by indicator) as most,
            min(value) filter (where value >= 1) over (partition by indicator) as least,
            case when place_state = 'ok' then split_part(place, ':', 1) end as level,
            case
                when period_state <> 'ok' then null
                when length(period) = 4 then 'year'
                when contains(period, 'K') then 'quarter'
                else 'month'
            end as given
        from record_line
        join known using (indicator)
        where role = 'data' and indicator_state = 'ok'
        """
    )
