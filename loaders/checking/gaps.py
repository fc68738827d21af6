"""Gaps in long lists: a list leaves out what did not occur, and so may leave out what is missing.

A municipality that has had patients in every other month of the list is hardly without any in one.
Where that is less likely than one in ten thousand, the month is missing and not zero, unless the
user, who is asked, says that it was nobody. The number of a month is taken as negative binomial
with the mean and the variance of the other months, as Poisson where they vary less than that; none
then has the probability (mean / variance) ^ (mean^2 / (variance - mean)), or e ^ -mean.
"""

from collections.abc import Sequence

import duckdb

import reference
from loaders.checking.single.stays import MEASURES
from loaders.declaration import Export
from loaders.problems import Problem
from loaders.questions import Answers, Question
from swedish.periods import period_name
from swedish.typography import number

_UNLIKELY = 1e-4
_MONTHS = 3
_NONE = frozenset({"ingen", "inga", "noll", "0"})


def fill(export: Export, answers: Answers, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Add what is missing to `fact`, with a warning and a question for each gap.

    The first measure tells: an export says first how many there are, as the counts of stays do.
    """
    measure = next(iter([*(column.key for column in export.measures), *MEASURES]))
    gaps = connection.execute(
        """
        with
            held as (
                select period, municipality, care_form, sum(value) as value
                from fact
                where measure = $measure and state = 'ok'
                group by all
            ),
            usual as (
                select municipality, care_form, avg(value) as mean, var_samp(value) as variance
                from held
                group by all
                having count(*) >= $months and min(value) > 0
            )
        select period.period, usual.municipality, usual.care_form, usual.mean
        from (select distinct period from fact) as period
        cross join usual
        where not exists (
            from fact
            where fact.period = period.period
                and fact.municipality = usual.municipality
                and fact.care_form is not distinct from usual.care_form
        )
        and case
            when variance > mean then pow(mean / variance, mean * mean / (variance - mean))
            else exp(-mean)
        end < $unlikely
        order by all
        """,
        {"measure": measure, "months": _MONTHS, "unlikely": _UNLIKELY},
    ).fetchall()
    problems: dict[str, Problem] = {}
    told: list[tuple[str, str, str | None, str]] = []
    for period, code, care_form, mean in gaps:
        name = f"{reference.place_name('municipality', code)}, {period_name(period)}"
        nobody = reference.normalise(answers.to(name) or "") in _NONE
        told.append((period, code, care_form, "ok" if nobody else "missing"))
        if not answers.to(name):
            problems.setdefault(name, _asked(name, mean))
    _add(told, export.told_apart, connection)
    return list(problems.values())


def _asked(name: str, mean: float) -> Problem:
    return Problem(
        code="gap",
        message=f"{name}: inga rader, men annars i genomsnitt {number(mean, 0)} per period.",
        question=Question(
            key=name,
            text=f"{name}: saknas uppgiften, eller var det ingen?",
            options=(("saknas", "Uppgiften saknas"), ("ingen", "Det var ingen")),
        ),
    )


def _add(
    told: Sequence[tuple[str, str, str | None, str]],
    told_apart: Sequence[str],
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Add that they are missing, or nobody; all parts, of who is not in the period at all."""
    if not told:
        return
    apart = "".join(f", part.{key}" for key in told_apart)
    connection.execute(
        f"""
        insert into fact by name
        select distinct
            r[1] as period, r[2] as municipality, part.care_form{apart}, measure,
            case r[4] when 'ok' then 0 end as value,
            r[4] as state
        from (select unnest($rows::varchar[][]) as r)
        cross join (select distinct care_form{apart} from fact as part) as part
        cross join (select distinct measure from fact)
        where part.care_form is not distinct from r[3]
            or not exists (from fact where fact.period = r[1] and fact.municipality = r[2])
        """,
        {"rows": [list(row) for row in told]},
    )
