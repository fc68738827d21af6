"""`python -m recalculation FOLDER`: the numbers in force worked out anew from raw files."""

import sys
from datetime import datetime
from pathlib import Path

from metrics.catalogue import name_of as indicator_name
from metrics.datasets import name_of
from recalculation.comparing import Answer, answers
from settings import archive_dir
from swedish import typography
from warehouse import store
from warehouse.journal.tried import recalculations
from warehouse.who import user

_LEVELS = {
    "county": "länet",
    "area": "områdena",
    "municipality": "kommunerna",
    "hospital": "sjukhusen",
    "recipient": "mottagarna",
    "nosam": "NOSAM",
    "programme": "programmen",
}


def main(folder: str) -> int:
    """Say what came of it, and keep it for the page Data; 1 where a number is another."""
    try:
        number = store.version()
        with store.reading() as connection:
            if connection is None or number is None:
                print("Det finns inga uppgifter att räkna om.", file=sys.stderr)
                return 2
            compared = answers(connection, [Path(folder), archive_dir()])
        answer = " ".join(told(one) for one in compared)
        different = sum(one.different for one in compared)
        recalculations.remember(
            recalculations.Recalculation(
                version=number, told=answer, different=different, by=user(), at=datetime.now()
            )
        )
    except store.WarehouseError as error:
        print(error, file=sys.stderr)
        return 3
    for one in compared:
        print(told(one))
        for example in one.examples:
            print(f"  {example}")
    return 1 if different else 0


def told(one: Answer) -> str:
    """What came of a dataset, and what of it is not worked out."""
    name = name_of(one.dataset)
    if one.why:
        return f"{name}: räknas inte om: {one.why}."
    said = f"{name}: {one.compared} tal omräknade ur råfilerna, {one.different} skiljer sig."
    by_levels: dict[tuple[str, ...], list[str]] = {}
    for key in dict.fromkeys(key for key, _ in one.left):
        levels = tuple(_LEVELS[level] for at, level in one.left if at == key)
        by_levels.setdefault(levels, []).append(indicator_name(key))
    for levels, names in by_levels.items():
        of = f"{typography.enumerate_words(names)} ({typography.enumerate_words(levels)})"
        said += f" Räknas inte om: {of}."
    return said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
