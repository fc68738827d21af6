"""The cube: every indicator at every period, level and place, computed when a version is published.

A ratio is the sum of numerators by the sum of denominators, over the parts that have both; where
parts are hidden or missing the value says that it is partial.
"""

import duckdb

from metrics import residents
from metrics.catalogue import of_dataset
from metrics.datasets import datasets
from metrics.indicator import POPULATION


def build(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the version's `cube` anew from the facts that are in force, without what is withheld.

    `cube_whole` gets the rows that differ with it. The connection's unqualified names mean the
    version's tables, inside the writer's transaction.
    """
    residents.settle(connection)
    connection.execute("delete from cube_whole")
    if connection.execute("from withheld limit 1").fetchone():
        connection.execute("create or replace temp table held_back as from withheld")
        connection.execute("delete from withheld")
        _fill(connection)
        connection.execute("create or replace temp table whole as from cube")
        connection.execute("insert into withheld from held_back")
        _fill(connection)
        connection.execute("insert into cube_whole (from whole except from cube)")
    else:
        _fill(connection)


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("delete from cube")
    for dataset in datasets().values():
        has_facts = dataset.has_facts(connection)
        # What lies beside the cube may be of facts that are gone.
        delivered = dataset.gather(connection) if has_facts or dataset.beside_cube else frozenset()
        if dataset.beside_cube is not None:
            dataset.beside_cube(connection)
        if not has_facts:
            continue
        for indicator in of_dataset(dataset.key):
            needed = {*indicator.measures} - {POPULATION}
            if dataset.cube is not None and needed <= delivered:
                expressions, parameters = dataset.cube.fill(indicator)
                connection.execute(
                    dataset.cube.statement.format(**expressions),
                    {"indicator": indicator.key, "levels": list(indicator.levels), **parameters},
                )
