"""A file read and checked, also against what is in force."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import duckdb

import reference
from loaders import exports as declared
from loaders.answering.profiles import extended
from loaders.declaration import Export, Reported
from loaders.delivery import Delivery, delivery
from loaders.exports import indikatorer
from loaders.opening import Opening
from loaders.problems import Problem
from loaders.questions import NO_ANSWERS, Answers
from metrics.catalogue import Indicator, of_dataset
from metrics.datasets import datasets
from pipeline.plausibility import against_current, of_inhabitants
from settings import settings
from warehouse import store

Progress = Callable[[str], None]
NO_ROOM: tuple[type[BaseException], ...] = (duckdb.Error, MemoryError)
"""What checking a file raises where the machine cannot hold it."""


def exports() -> tuple[Export, ...]:
    """The declared exports; the general one knows the catalogue's delivered indicators by name.

    Raises SettingsError where the users' own indicators cannot be read.
    """
    return _exports(declared.exports(), tuple(of_dataset(indikatorer.EXPORT.dataset)))


@lru_cache(maxsize=4)
def _exports(of: tuple[Export, ...], delivered: tuple[Indicator, ...]) -> tuple[Export, ...]:
    names = {
        reference.normalise(name): chosen.key
        for chosen in delivered
        for name in (chosen.name, chosen.short, chosen.key)
    }
    known = {
        chosen.key: Reported(
            name=chosen.short,
            grain=chosen.grain,
            levels=chosen.levels,
            calculation=chosen.calculation,
            share=chosen.share,
            whole=chosen.calculation == "sum" and chosen.counts in ("persons", "cases"),
        )
        for chosen in delivered
    }
    knowing = indikatorer.knowing(names, known)
    return tuple(knowing if export.key == knowing.key else export for export in of)


@contextmanager
def checked(
    path: Path,
    *,
    name: str | None = None,
    covers: Sequence[str] = (),
    answers: Answers = NO_ANSWERS,
    progress: Progress = lambda _: None,
    begun: Opening | None = None,
) -> Iterator[Delivery]:
    """A file read and checked, also against what is in force.

    `covers` are the keys of the areas that a file about whole areas is of, where the user says so;
    `answers` is what else the user has said of it; `begun` is the file where it is being opened.
    """
    with delivery(
        path,
        limits=settings(),
        name=name,
        declared=extended(exports()),
        covers=covers,
        answers=answers,
        progress=progress,
        begun=begun,
    ) as file:
        if file.ok and file.export is not None:
            dataset = datasets().get(file.export.dataset)
            if dataset is None or dataset.control is None:
                file = replace(file, problems=(*file.problems, _unprotected(file.export)))
            elif store.version() is not None:
                with store.looking(file.connection):
                    problems = against_current(file.connection, dataset, cases=file.cases)
                file = replace(file, problems=(*file.problems, *problems))
        counted = {c.counts for c in file.export.measures} if file.export else set()
        if file.ok and counted == {"inhabitants"}:
            problems = of_inhabitants(file.connection, answers)
            file = replace(file, problems=(*file.problems, *problems))
        yield file


def _unprotected(export: Export) -> Problem:
    """Nobody has said how few persons are hidden: that is not to be taken for none to hide."""
    return Problem(
        code="no-disclosure-control",
        message=f"{export.title}: ingen har angett hur få personer ska döljas, så ingenting av "
        "filen publiceras.",
    )


def span(file: Delivery) -> tuple[str | None, str | None, int]:
    """First and last period, and how many municipalities the file speaks of."""
    if not file.ok or file.export is None:
        return None, None, 0
    datasets()[file.export.dataset].make_spoken(file.connection, cases=file.cases)
    homes = [home.code for home in reference.municipalities()]
    row = file.connection.execute(
        """
        select
            min(period), max(period),
            count(distinct subject) filter (where list_contains($homes, subject))
        from spoken
        """,
        {"homes": homes},
    ).fetchone()
    return (row[0], row[1], int(row[2])) if row else (None, None, 0)
