"""A report of an earlier version of the data, as it was known then."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from metrics import loaded
from reports.model import CallError, Report, ReportError
from swedish import typography
from views.held import protected_since


@contextmanager
def of_version(number: int | None) -> Iterator[None]:
    """Whatever is read in the block is of a kept version, the one in force where it is None.

    Raises CallError for one that is not kept.
    """
    if number is not None and number not in loaded.kept():
        numbers = typography.enumerate_words([str(one) for one in loaded.kept()])
        raise CallError(f"Version {number} finns inte kvar. De som finns är {numbers}.")
    with loaded.of_one_version(number):
        yield


def as_it_was(built: Report, version: int) -> Report:
    """The report of an earlier version, which says so first.

    Raises ReportError where the version shows what has become protected since.
    """
    numbers = built.manifest.numbers if built.manifest else ()
    hidden = protected_since(
        version,
        keys=[*{one.indicator for one in numbers}],
        start=min((one.period for one in numbers), default=""),
        end=max((one.period for one in numbers), default=""),
    )
    if hidden:
        told = typography.plural(hidden, "tal som nu är skyddat", "tal som nu är skyddade")
        raise ReportError(
            f"Ingen rapport görs av version {version}: den visar {told}. Gör den av uppgifterna "
            "som de är nu."
        )
    said = (
        f"Som det var känt i dataversion {version}. Nu gäller version {loaded.version()}, där tal "
        "kan ha ändrats."
    )
    return replace(built, notices=(said, *built.notices))
