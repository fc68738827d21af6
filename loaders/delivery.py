"""A checked file: what it is, what is wrong with it, and its facts ready to be published."""

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

import reference
from loaders.answering.accounting import receipt, unread
from loaders.answering.profiles import answered, extended, not_persons
from loaders.answering.receipt import Receipt
from loaders.checking import categories, counts, facts, gaps, lines, rules, totals, typed
from loaders.checking.doubts import leftovers
from loaders.checking.extent import Extent, extent, make_covered
from loaders.checking.single import record_faults, record_totals, records, stay_dates, stays
from loaders.declaration import Export
from loaders.exports import exports
from loaders.locating.locate import locate
from loaders.locating.located import Located
from loaders.mapping import titles
from loaders.opening import Opening, opening
from loaders.problems import Problem, Severity
from loaders.questions import NO_ANSWERS, Answers, Question
from loaders.reading.book import Book, read
from loaders.reading.limits import seconds_for
from loaders.wall import bounded, problem_of
from settings.declared import Settings


@dataclass(frozen=True)
class Delivery:
    """A file that has been read and checked.

    Where `ok`, the connection holds `fact` (period, municipality, hospital, care_form, measure,
    value, state, sheet, cell) and, for counted stays, `days`; or, of records, `record`. It lives as
    long as the block that `delivery` opened. `extent` is what an export of cases covers, `receipt`
    what each cell was read as (none of a file that cannot be read), `not_persons` which numbers the
    user has just said are of other things.
    """

    name: str
    path: Path
    book: Book | None
    export: Export | None
    rows: int
    problems: tuple[Problem, ...]
    connection: duckdb.DuckDBPyConnection
    extent: Extent | None = None
    receipt: Receipt | None = None
    not_persons: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing keeps the file from being published (warnings do not)."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def kept_name(self) -> str:
        """The name as it may be kept: that of a refused file may itself hold an identity number."""
        return self.name if self.book else "en fil som inte går att läsa"

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What the user is to confirm."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the user is asked, in the order of the numbers that they go by."""
        asked = (p.question for p in self.problems if p.question is not None)
        return tuple(dict.fromkeys(asked))

    @property
    def sheets(self) -> list[str]:
        """The names of the visible sheets."""
        return [sheet.name for sheet in self.book.sheets] if self.book else []

    @property
    def coverage(self) -> str:
        """From when to when and of which areas an export of cases has all, in a sentence."""
        return self.extent.said if self.extent else ""

    @property
    def cases(self) -> bool:
        """Whether a row was about one stay or case; then the original is not kept."""
        return self.export is not None and self.export.cases


STAGES = ("Läser", "Kontrollerar")
# A second thread of DuckDB's takes more than it gives for less than some hundred thousand rows.
_LARGE = 10_000_000
_THREADS = 2


@contextmanager
def delivery(
    path: Path,
    *,
    limits: Settings,
    name: str | None = None,
    declared: Sequence[Export] | None = None,
    covers: Sequence[str] = (),
    answers: Answers = NO_ANSWERS,
    progress: Callable[[str], None] = lambda _: None,
    begun: Opening | None = None,
) -> Iterator[Delivery]:
    """Read and check one file; every fault is found in the one pass.

    `covers` are the keys of the areas that a file of whole areas is of, where the user says so;
    `answers` is what else the user has said of it.
    `progress` is told of each of the STAGES as it begins. `begun` is the same file where whoever
    asks has begun to open it.
    """
    # A name may hold signs that steer a terminal; they are shown, not obeyed.
    name = "".join(sign if sign.isprintable() else "\ufffd" for sign in name or path.name)
    progress(STAGES[0])
    with (
        nullcontext(begun) if begun else opening(path, limits=limits) as opened,
        duckdb.connect(config={"temp_directory": str(opened.folder)}) as connection,
    ):
        try:
            size = path.stat().st_size
            connection.execute(
                f"set threads = {_THREADS if size > _LARGE else 1}; set memory_limit = '500MB'; "
                "set enable_progress_bar = false"
            )
            with bounded(connection, seconds=seconds_for(size)):
                book = read(
                    opened,
                    name=name,
                    connection=connection,
                    no_persons=frozenset(
                        map(reference.normalise, (*answers.not_persons, *not_persons()))
                    ),
                )
                progress(STAGES[1])
                file = _understood(
                    book,
                    declared=extended(exports()) if declared is None else declared,
                    covers=covers,
                    answers=answers,
                    connection=connection,
                )
            # A small file may be published among much that is counted anew.
            connection.execute(f"set threads = {_THREADS}")
        # Whatever the parsers and all that follows raise on a file that nobody has seen.
        except Exception as error:
            file = _refused(path, name, connection, problem_of(error))
        yield replace(file, path=path, not_persons=answers.not_persons)


def _understood(
    book: Book,
    *,
    declared: Sequence[Export],
    covers: Sequence[str],
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> Delivery:
    located = locate(book, answered(declared, answers), connection, answers)
    if isinstance(located, Problem):
        return _refused(book.path, book.name, connection, located, book=book)
    problems = list(located.problems)
    rows = 0
    covered = None
    if problems:
        told = unread(book, "filen är inte läst", connection)
    else:
        located, rows, problems, told = _check(book, located, answers, connection)
    if rows:
        covered = _extent(located, book.name, covers, connection)
    return Delivery(
        name=book.name,
        path=book.path,
        book=book,
        export=located.export,
        rows=rows,
        problems=tuple(problems),
        connection=connection,
        extent=covered,
        receipt=told,
    )


def _refused(
    path: Path,
    name: str,
    connection: duckdb.DuckDBPyConnection,
    problem: Problem,
    book: Book | None = None,
) -> Delivery:
    return Delivery(
        name=name,
        path=path,
        book=book,
        export=None,
        rows=0,
        problems=(problem,),
        connection=connection,
        receipt=unread(book, "känns inte igen", connection) if book else None,
    )


def _check(
    book: Book, located: Located, answers: Answers, connection: duckdb.DuckDBPyConnection
) -> tuple[Located, int, list[Problem], Receipt]:
    counted, single = located.export.counted, located.export.records
    _make(located, connection)
    doubts = leftovers.look(located, answers, connection)
    if doubts.problems:
        return located, 0, doubts.problems, unread(book, "väntar på svar", connection)
    if doubts.located is not located:
        located = doubts.located
        _make(located, connection)
    told = receipt(book, located, doubts.leftovers, doubts.said, connection)
    if counted:
        problems = stays.check(located, counted, connection)
        problems += stay_dates.look(located, counted, connection)
    elif single:
        problems = record_faults.check(located, connection)
        problems += record_totals.check(located, connection)
        problems += record_totals.lacking(located, connection)
    else:
        problems = counts.check(located, connection)
        problems += rules.check(located, connection)
        problems += totals.check(located, connection)
    problems += categories.check(located, connection)
    # A row that several blocks share has its fault once.
    problems = list(dict.fromkeys(problems))
    problems.sort(key=lambda problem: problem.severity is Severity.WARNING)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return located, 0, problems, told
    if counted:
        rows = stays.count(located, counted, connection)
    elif single:
        rows = records.make_records(located, connection)
    else:
        rows = facts.make_facts(located, connection)
    if (single is None and "period" in [c.key for c in located.export.columns]) or counted:
        problems += gaps.fill(located.export, answers, connection)
    if not rows:
        problems.append(Problem(code="empty", message="Tabellen har rubriker men inga uppgifter."))
    return located, rows, problems, told


def _make(located: Located, connection: duckdb.DuckDBPyConnection) -> None:
    """The typed table, with the role of each row."""
    typed.build(located, connection)
    if located.export.records:
        records.make_lines(located, connection)
    elif located.export.counted is None:
        lines.make(located, connection)


def _extent(
    located: Located, name: str, covers: Sequence[str], connection: duckdb.DuckDBPyConnection
) -> Extent | None:
    single = located.export.records
    if single and single.cases:
        today = datetime.date.today()
        return extent(
            located,
            single,
            name=titles.file_words(name),
            covers=covers,
            today=today,
            connection=connection,
        )
    make_covered(covers if located.export.by_area else (), connection, stated=True)
    return None
