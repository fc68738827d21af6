"""Trying everything: files against their hashes, the cube against facts, and what is hidden."""

from collections.abc import Iterator

import duckdb

from metrics import cube, protect
from metrics.proof import proofs as proofs_of
from pipeline.publishing import working
from warehouse import store
from warehouse.keeping.soundness import Finding, findings

_DIFFERENT = """
    with
        written as (from cube_then select {columns}),
        counted as (from cube select {columns})
    select
        (select count(*) from (from written except all from counted)),
        (select count(*) from (from counted except all from written))
"""


def verify(*, proofs: bool) -> Iterator[Finding]:
    """Try all that is kept, and whether the version in force says what its facts say.

    With `proofs` every hidden number of every period is attacked, which takes about half a second a
    month. Raises store.Unwritable where there is no room to calculate.
    """
    yield from findings()
    try:
        number = store.version()
    except store.WarehouseError:
        return
    if number is None:
        return
    yield _cube(number)
    yield _rules()
    if proofs:
        yield from _attacked()


def _cube(number: int) -> Finding:
    start = store.path_of(number)
    with working() as connection, store.trying(connection, start=start):
        connection.execute("create temp table cube_then as from cube")
        cube.build(connection)
        columns = _comparable(connection)
        row = connection.execute(_DIFFERENT.format(columns=columns)).fetchone()
        gone, new = row or (0, 0)
    if gone or new:
        return Finding(
            False,
            f"Indikatorernas värden är inte de som uppgifterna ger: {gone} rader skiljer sig. Kör "
            "samverkan repair.",
        )
    return Finding(True, "Indikatorernas värden är de som uppgifterna ger.")


def _comparable(connection: duckdb.DuckDBPyConnection) -> str:
    """The cube's columns, with fractions to the precision that sums in any order agree on."""
    columns = connection.execute(
        "select column_name, data_type from duckdb_columns() where table_name = 'cube_then'"
    ).fetchall()
    return ", ".join(
        f'round("{name}", 9) as "{name}"' if kind == "DOUBLE" else f'"{name}"'
        for name, kind in columns
    )


def _rules() -> Finding:
    with store.reading() as connection:
        current = connection is None or protect.current(connection)
    if current:
        return Finding(True, "Det som visas är räknat och dolt efter de regler som gäller nu.")
    return Finding(
        False,
        "Det som visas är räknat eller dolt efter andra regler än de som gäller nu. Kör samverkan "
        "repair.",
    )


def _attacked() -> Iterator[Finding]:
    attacked = proofs_of()
    for proof in attacked:
        if proof.open_cells:
            yield Finding(
                False,
                f"{len(proof.open_cells)} dolda tal för {proof.period} går att räkna ut. Kör "
                f"samverkan disclosure {proof.period}.",
            )
    hidden = sum(proof.hidden_cells for proof in attacked)
    periods = len({proof.period for proof in attacked})
    yield Finding(True, f"{hidden} dolda tal i {periods} perioder är prövade.")
