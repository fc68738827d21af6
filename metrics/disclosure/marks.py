"""Which periods must be chosen anew: those whose facts, or the rules for them, have changed."""

import hashlib
from collections.abc import Mapping, Sequence

import duckdb

from warehouse import given

# Another way to choose what to hide must choose anew for old periods too.
_METHOD = 10


def mark(*told: object) -> str:
    """A fingerprint of everything that a pattern depends on; the same while all of it stays."""
    return hashlib.sha256(repr((_METHOD, *told)).encode()).hexdigest()


def marks_of(connection: duckdb.DuckDBPyConnection, dataset: str) -> Mapping[str, str]:
    """The marks that a version keeps of a dataset's periods."""
    return dict(
        connection.execute(
            "select period, fingerprint from disclosure_period where dataset = $dataset",
            {"dataset": dataset},
        ).fetchall()
    )


def renew(
    connection: duckdb.DuckDBPyConnection, dataset: str, marks: Mapping[str, str]
) -> Sequence[str]:
    """Keep the periods' marks, and give the periods that are new, changed or gone."""
    before = marks_of(connection, dataset)
    changed = sorted(
        period for period in {*before, *marks} if before.get(period) != marks.get(period)
    )
    connection.execute(
        """
        delete from disclosure_period
        where dataset = $dataset and list_contains($periods, period)
        """,
        {"dataset": dataset, "periods": changed},
    )
    connection.execute(
        f"insert into disclosure_period select $dataset, r[1], r[2] from {given.ROWS}",
        {
            "dataset": dataset,
            "rows": given.as_text((period, marks[period]) for period in changed if period in marks),
        },
    )
    return changed
