"""What the journal is written in: SQLite, or PostgreSQL where versions are shared."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

Values = Sequence[Any] | Mapping[str, Any]


class Answer(Protocol):
    """What a statement gave: rows that are read by column name."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""

    def fetchone(self) -> Any:
        """The next row; None after the last."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Book(Protocol):
    """The journal in one transaction, for statements as SQLite writes them."""

    def execute(self, statement: str, values: Values = (), /) -> Answer:
        """Run a statement, with `?` or `:name` for its values."""

    def executemany(self, statement: str, several: Sequence[Values], /) -> Answer:
        """Run a statement for each of several values."""
