"""A checked file against what is in force: coarser, fewer municipalities, unlikely numbers.

All of these are warnings; a person may have good reasons.
"""

from collections.abc import Mapping

import duckdb

import reference
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question
from metrics.catalogue import of_dataset
from metrics.datasets.dataset import Compared, Dataset
from swedish import typography
from swedish.periods import period_name

# A month is unlikely when it is ten times a municipality's usual one, or a tenth of it; below this
# many there is too little to say so.
_TIMES = 10
_LEAST = 50
_USUAL_MONTHS = 6
# Inhabitants change by a few per cent a year.
_INHABITANTS = 0.2


def against_current(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, *, cases: bool
) -> list[Problem]:
    """Warnings from a delivery's temporary tables and those of the version in force.

    Demo data is no measure of anything and gives none.
    """
    dataset.make_spoken(connection, cases=cases)
    coarser = _coarser(connection, dataset)
    if dataset.compared is None:
        return coarser
    connection.execute(
        f"""
        create or replace temp table present as
        select
            period, municipality, owner.fineness, measure, sum(value) as value
        from {dataset.compared.table} as stated
        join municipality_owner as owner using (period, municipality, load_id)
        join load using (load_id)
        where not demo and owner.dataset = $dataset
        group by all
        """,
        {"dataset": dataset.key},
    )
    return [
        *coarser,
        *_fewer(connection),
        *_unlikely(connection, dataset.compared, _sums(dataset)),
    ]


def of_inhabitants(connection: duckdb.DuckDBPyConnection, answers: Answers) -> list[Problem]:
    """A question where a municipality's inhabitants are far from those that are known."""
    known: dict[str, dict[int, int]] = {}
    for (code, year), inhabitants in reference.population().items():
        known.setdefault(code, {})[year] = inhabitants
    far = []
    rows = connection.execute(
        "select municipality, period, value from fact where state = 'ok' order by all"
    ).fetchall()
    for code, period, value in rows:
        years = known.get(code)
        if not years:
            continue
        nearest = years[min(years, key=lambda year: abs(year - int(period)))]
        if abs(value - nearest) > _INHABITANTS * nearest:
            far.append((code, period, value, nearest))
    if not far or answers.whole("folkmängd"):
        return []
    code, period, value, nearest = far[0]
    more = f" och {len(far) - 1} andra tal" if len(far) > 1 else ""
    return [
        asked(
            Question(
                key="folkmängd",
                text=f"{reference.place_name('municipality', code)} har "
                f"{typography.number(value, 0)} "
                f"i filen för {period}{more}, men omkring {typography.number(nearest, 0)} "
                "invånare. "
                "Är det verkligen alla invånare?",
                options=(("ja", "Ja, det är folkmängden"),),
            )
        )
    ]


def _coarser(connection: duckdb.DuckDBPyConnection, dataset: Dataset) -> list[Problem]:
    row = connection.execute(
        """
        select
            count(*), min(spoken.period), max(spoken.period),
            count(distinct spoken.subject)
        from spoken
        join owner using (period, subject)
        join load using (load_id)
        where not load.demo
            and owner.dataset = $dataset
            and owner.fineness > spoken.fineness
            -- A gap covers nothing.
            and spoken.fineness >= 0
        """,
        {"dataset": dataset.key},
    ).fetchone()
    if not row or not row[0]:
        return []
    _, first, last, places = row
    when = period_name(first)
    if last != first:
        when = f"{when}–{period_name(last)}"
    return [
        Problem(
            code="coarser-than-current",
            message=f"För {when} och {typography.plural(places, 'kommun', 'kommuner')} finns redan "
            f"{dataset.finer}.",
        )
    ]


def _fewer(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    missing = connection.execute(
        """
        with compared as (
            select max(period) as period
            from present
            where period <= (select max(period) from fact)
        )
        select distinct municipality
        from present
        join compared using (period)
        anti join fact using (municipality)
        """
    ).fetchall()
    if not missing:
        return []
    names = sorted(
        (reference.place_name("municipality", code) for (code,) in missing), key=typography.sort_key
    )
    shown = [*names[:5], "fler"] if len(names) > 6 else names
    return [
        Problem(
            code="coverage-shrank",
            message=f"{typography.plural(len(names), 'kommun', 'kommuner')} som fanns förra gången "
            f"saknas i filen: {typography.enumerate_words(shown)}.",
        )
    ]


def _unlikely(
    connection: duckdb.DuckDBPyConnection, compared: Compared, sums: Mapping[str, str]
) -> list[Problem]:
    """Whoever may check a file may ask with any number, so that the usual is of what is shown.

    `sums` has the indicator that shows each measure.
    """
    rows = connection.execute(
        """
        with
            usual as (
                select municipality, measure, median(shown.value) as usual
                from present
                join shown
                    on indicator = list_extract($indicators, list_position($measures, measure))
                    and shown.period = present.period
                    and level = 'municipality'
                    and place = municipality
                    and part = 'alla'
                where list_contains($measures, measure) and shown.value is not null
                group by all
                having count(*) >= $months
            ),
            now as (
                select
                    municipality, measure, period, sum(value) as value,
                    any_value(sheet) as sheet
                from fact
                group by all
            )
        select now.municipality, measure, period, value, usual, sheet
        from now
        join usual using (municipality, measure)
        where greatest(value, usual) >= $least
            and (value >= $times * usual or value * $times <= usual)
        order by period, municipality
        limit 50
        """,
        {
            "months": _USUAL_MONTHS,
            "least": _LEAST,
            "times": _TIMES,
            "measures": list(sums),
            "indicators": list(sums.values()),
        },
    ).fetchall()
    return [
        Problem(
            code="unlikely-change",
            message=f"{reference.place_name('municipality', code)}, {period_name(period)}: "
            f"{typography.number(value, 0)} {compared.measures[measure]}; det vanliga är "
            f"{typography.number(usual, 0)}.",
            sheet=sheet,
            value=typography.number(value, 0),
        )
        for code, measure, period, value, usual, sheet in rows
    ]


def _sums(dataset: Dataset) -> Mapping[str, str]:
    """The indicators of a dataset that show a compared measure by itself, by measure."""
    return {
        str(one.numerator): one.key
        for one in of_dataset(dataset.key)
        if one.calculation == "sum"
        and dataset.compared
        and one.numerator in dataset.compared.measures
    }
