"""The counts that are in force, as temporary tables `part_fact` and `part`."""

from collections.abc import Mapping, Set

from metrics.datasets.dataset import Connection, Measure, open_measures, statement
from metrics.datasets.places import make_places


def gather(
    connection: Connection, *, dataset: str, table: str, parts: str, measures: Mapping[str, Measure]
) -> Set[str]:
    """Make the tables of a dataset's counts, which stand in `table` with a measure a row.

    `parts` is an SQL expression over its rows: the list of what a row is one of. Gives the measures
    that there are any of.
    """
    make_places(connection)
    wide = ", ".join(
        f"max({column}) filter (where measure = '{measure}') as {measure}{ending}"
        for measure in measures
        for column, ending in (
            ("case when not withheld then value end", ""),
            ("case when withheld then 'confidential' else state end", "_state"),
        )
    )
    text = statement("counted", "facts.sql").format(table=table, parts=parts, measures=wide)
    first, second = text.split(";\n\n")
    connection.execute(first, {"dataset": dataset})
    connection.execute(second, {"open": list(open_measures(measures))})
    measured = connection.execute("select distinct measure from part_fact").fetchall()
    return {measure for (measure,) in measured}
