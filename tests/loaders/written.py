"""Reading a small file of any kind, as the program does, into its rows and problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pipeline
from loaders.problems import Problem
from loaders.questions import NO_ANSWERS, Answers
from tests.loaders.sheets import Rows, write_text, write_workbook

# A file as text, as rows of a CSV file, or as the sheets of a workbook.
Content = str | Rows | Mapping[str, Rows]


@dataclass(frozen=True)
class Read:
    """What a file was read as: the export, what was said of it, and its rows where it is good."""

    export: str | None
    problems: Sequence[Problem]
    rows: Sequence[Mapping[str, object]]
    coverage: str
    receipt: Sequence[str] = ()

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    @property
    def at(self) -> list[tuple[str, str | None]]:
        return [(problem.code, problem.cell) for problem in self.problems]

    def table(self, *columns: str) -> list[tuple[object, ...]]:
        """The chosen columns of every row, in the order of their texts."""
        return sorted((tuple(row[name] for name in columns) for row in self.rows), key=str)


def write(folder: Path, content: Content, *, name: str = "fil", encoding: str = "utf-8") -> Path:
    if isinstance(content, str):
        path = folder / f"{name}.csv"
        path.write_bytes(content.encode(encoding))
        return path
    if isinstance(content, Mapping):
        return write_workbook(folder / f"{name}.xlsx", content)
    return write_text(folder / f"{name}.csv", content, encoding=encoding)


def read(
    path: Path,
    *,
    covers: Sequence[str] = (),
    name: str | None = None,
    answers: Answers = NO_ANSWERS,
) -> Read:
    with pipeline.checked(path, covers=covers, name=name, answers=answers) as file:
        rows: list[dict[str, object]] = []
        if file.ok and file.export is not None:
            table = "record" if file.export.records else "fact"
            found = file.connection.execute(f"from {table}")
            names = [column[0] for column in found.description]
            rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return Read(
            export=file.export.key if file.export else None,
            problems=file.problems,
            rows=rows,
            coverage=file.coverage,
            receipt=file.receipt.sentences if file.receipt else (),
        )
