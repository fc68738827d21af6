"""What everybody knows of the ways from whom to whom besides their tables: what places have."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import reference
from metrics.datasets.deviations.ways import Way
from metrics.disclosure.cells import Rule

AREA = "area"


def totals(way: Way) -> Iterator[str]:
    """Whose cases in all a way is of, as the cube tells them: level and place in one."""
    for level, at in ((way.sender_level, way.sender), (way.receiver_level, way.receiver)):
        if level in ("municipality", "hospital"):
            yield level + at
        if level == "municipality":
            yield AREA + reference.municipality_by_code()[at].area


def areas(
    sides: Mapping[str, set[int]], values: Sequence[float], covered: Collection[str]
) -> Iterator[Rule]:
    """That what the municipalities of an area have together is known, where the cube shows it.

    So a witness for one of them moves another as the cube lets it move.
    """
    factors: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for home in reference.municipalities():
        if AREA + home.area in covered:
            continue
        for part in sides.get(f"municipality{home.code}", ()):
            factors[home.area][part] += 1.0
    for factor_by_part in factors.values():
        terms = tuple(sorted(factor_by_part.items()))
        total = sum(values[part] * factor for part, factor in terms)
        yield Rule(terms, total)
        yield Rule(tuple((part, -factor) for part, factor in terms), -total)


def table_of(name: str) -> str:
    """Whose table tells of what a place has in all: an area's of its municipalities."""
    municipalities = reference.municipality_by_code()
    level = "municipality"
    return (
        municipalities[name.removeprefix(level)].area
        if name.startswith(level)
        else reference.COUNTY
    )
