"""Connections to PostgreSQL that are given up where it does not answer, also when it is there."""

from typing import TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.rows import Row

from warehouse.store.lake.place import PATIENCE

_T = TypeVar("_T")


class Answering(psycopg.Connection[Row]):
    """A connection whose server is taken for gone when an answer takes longer than `patience`
    seconds: psycopg.Error is raised, and the connection is of no more use.

    A machine that hangs, or is cut off, keeps its connections open without a word.
    """

    patience: float = PATIENCE

    def wait(self, gen: PQGen[_T], interval: float = 0.1, timeout: float | None = None) -> _T:
        return super().wait(gen, interval, self.patience if timeout is None else timeout)
