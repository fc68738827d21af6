"""Days written as 3/4/2020, which are another day where the month is written first."""

from collections.abc import Iterator, Sequence

import duckdb

from loaders import kinds
from loaders.checking.entries import columns_of
from loaders.locating.located import Located
from loaders.locating.tables import SheetTable
from loaders.mapping import titles
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question
from swedish.periods import month_name

_DAYS = frozenset({kinds.DATE, kinds.TIMESTAMP})
_SLASHED = r"\s*(\d{1,2})/(\d{1,2})/(\d{4})(\D.*)?"


def look(
    table: SheetTable,
    texts: Sequence[str],
    located: Located,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Problem]:
    """The question which is the month, where no day is after the 12th and nothing else tells.

    `texts` are the titles of the table, the sheet's name and the file's: the months that they name,
    and those of days that are written in another way, may be the months of these days too.
    """
    columns = [column for column in columns_of(located) if column.kind in _DAYS]
    if not columns:
        return
    days = " union all ".join(f"select text, value from is_{column.key}" for column in columns)
    row = connection.execute(
        f"""
        with
            days as ({days}),
            part as (
                select text, regexp_extract(text, $slashed, ['day', 'month', 'year']) as of_text
                from days
                where regexp_full_match(text, $slashed)
            ),
            numbered as (
                select text, of_text.day::int as day, of_text.month::int as month, of_text.year
                from part
            )
        select
            max(day),
            list(distinct month),
            list(distinct day),
            arg_min([text, year, month::varchar, day::varchar], text) filter (day <> month),
            (
                select list(distinct month(value)) from days
                where value is not null and not regexp_full_match(text, $slashed)
            )
        from numbered
        """,
        {"slashed": _SLASHED},
    ).fetchone()
    if not row or row[3] is None or row[0] > 12:
        return
    _, months, days_of, (text, year, month, day), others = row
    named = {int(month) for text in texts for month in _months(text)} | set(others or ())
    settled = named.issuperset(months) and not named.issuperset(days_of)
    if settled or answers.whole(text) or not 1 <= int(month) <= 12:
        return
    said = f"{day} {month_name(f'{year}-{int(month):02}')}"
    yield asked(
        Question(
            key=text,
            text=f"Är {text} den {said}? Inget datum i filen visar om dagen eller månaden står "
            "först. Står månaden först skriver du datumen som ÅÅÅÅ-MM-DD.",
            options=(("ja", "Ja, dagen står först"),),
        ),
        sheet=table.sheet.name,
    )


def _months(text: str) -> set[str]:
    month = titles.month_in(text)
    return titles.month_names(text) | ({month[5:]} if month else set())
