"""What sheets' names, titles and file names say of dimensions."""

from collections.abc import Sequence

from loaders.declaration import Column, Export, Kind
from loaders.mapping import title_periods, titles, vocabulary
from loaders.problems import Problem
from loaders.reading.book import Book, Sheet


def constants_of(
    book: Book, sheet: Sheet, export: Export, above: Sequence[str]
) -> tuple[dict[str, str], dict[str, Problem]]:
    """What the sheet's name and titles say of dimensions, and on which they disagree."""
    constants: dict[str, str] = {}
    problems: dict[str, Problem] = {}
    texts = [sheet.name, *above]
    file = titles.file_words(book.name)
    for column in export.dimensions:
        match column.kind:
            case Kind.MONTH:
                found, problem = _one_of(titles.months_in(texts, file=file), column, sheet)
                problems |= problem
            case Kind.QUARTER:
                quarters = title_periods.quarters_in(texts, file=file)
                found, problem = _one_of(quarters, column, sheet)
                problems |= problem
            case Kind.YEAR:
                years = title_periods.years_in(texts, file=file)
                found, problem = _one_of(years, column, sheet)
                problems |= problem
            case Kind.PERIOD:
                periods = (
                    titles.months_in(texts, file=file)
                    or title_periods.quarters_in(texts, file=file)
                    or title_periods.years_in(texts, file=file)
                )
                found, problem = _one_of(periods, column, sheet)
                problems |= problem
            case Kind.CHOICE:
                named = (titles.choice_in(column, text) for text in texts)
                found = vocabulary.value_of(column, sheet.name) or next(filter(None, named), None)
            case Kind.HOSPITAL:
                found = next(filter(None, map(titles.hospital_in, texts)), None)
                if vocabulary.place(sheet.name).kind != "municipality":
                    found = vocabulary.value_of(column, sheet.name) or found
            case Kind.MUNICIPALITY | Kind.CATEGORY:
                found = vocabulary.value_of(column, sheet.name)
            case _:
                found = None
        if found:
            constants[column.key] = found
    return constants, problems


def _one_of(
    periods: Sequence[str], column: Column, sheet: Sheet
) -> tuple[str | None, dict[str, Problem]]:
    """The period that the texts around a table name, and the problem that they name several."""
    if len(periods) < 2:
        return next(iter(periods), None), {}
    kinds = {Kind.MONTH: "månader", Kind.QUARTER: "kvartal", Kind.YEAR: "år"}
    kinds[Kind.PERIOD] = "perioder"
    problem = Problem(
        code="not-a-period",
        message=f"Bladets namn och rubrik nämner olika {kinds[column.kind]}: "
        f"{' och '.join(periods)}.",
        sheet=sheet.name,
        column=column.label,
    )
    return periods[0], {column.key: problem}
