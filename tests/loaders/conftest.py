"""Checking a file as the program does, with the shipped settings."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders.declaration import Export
from loaders.delivery import delivery
from loaders.problems import Problem
from settings import settings

Key = tuple[str, str, str | None, str | None, str]


@dataclass(frozen=True)
class Checked:
    """What a check gave: the export, the problems, and the facts with value or state."""

    export: str | None
    problems: Sequence[Problem]
    facts: Mapping[Key, float | str]

    @property
    def codes(self) -> list[str]:
        return sorted(problem.code for problem in self.problems)

    @property
    def at(self) -> set[tuple[str | None, str | None, str]]:
        return {(problem.sheet, problem.cell, problem.code) for problem in self.problems}

    def totals(self, measure: str) -> Counter[str]:
        """A measure per municipality, over all else."""
        summed: Counter[str] = Counter()
        for (_, municipality, _, _, name), value in self.facts.items():
            if name == measure and not isinstance(value, str):
                summed[municipality] += int(value)
        return summed


Check = Callable[..., Checked]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Check]:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    with ExitStack() as stack:

        def checked(
            path: Path, *, name: str | None = None, declared: Sequence[Export] | None = None
        ) -> Checked:
            file = stack.enter_context(
                delivery(path, limits=settings(), name=name, declared=declared)
            )
            facts = {}
            if file.ok:
                rows = file.connection.execute(
                    """
                    select period, municipality, hospital, care_form, measure, value, state
                    from fact
                    """
                ).fetchall()
                facts = {
                    (period, code, hospital, care_form, measure): (
                        value if state == "ok" else str(state)
                    )
                    for period, code, hospital, care_form, measure, value, state in rows
                }
                assert len(facts) == len(rows)
            export = file.export.key if file.export else None
            return Checked(export=export, problems=file.problems, facts=facts)

        yield checked
