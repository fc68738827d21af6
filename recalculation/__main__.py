"""`python -m recalculation FOLDER`: the numbers in force worked out anew from raw files."""

import sys
from datetime import datetime
from pathlib import Path

from metrics.datasets import name_of
from recalculation.comparing import Answer, answers
from settings import archive_dir
from warehouse import store
from warehouse.journal import recalculations
from warehouse.who import user


def main(folder: str) -> int:
    """Say what came of it, and keep it for the page Data; 1 where a number is another."""
    try:
        number = store.version()
        with store.reading() as connection:
            if connection is None or number is None:
                print("Det finns inga uppgifter att räkna om.", file=sys.stderr)
                return 2
            compared = answers(connection, [Path(folder), archive_dir()])
        told = " ".join(_told(one) for one in compared)
        different = sum(one.different for one in compared)
        recalculations.remember(
            recalculations.Recalculation(
                version=number, told=told, different=different, by=user(), at=datetime.now()
            )
        )
    except store.WarehouseError as error:
        print(error, file=sys.stderr)
        return 3
    for one in compared:
        print(_told(one))
        for example in one.examples:
            print(f"  {example}")
    return 1 if different else 0


def _told(one: Answer) -> str:
    name = name_of(one.dataset)
    if one.why:
        return f"{name}: inte omräknat, {one.why}."
    return f"{name}: {one.compared} tal omräknade ur råfilerna, {one.different} skiljer sig."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
