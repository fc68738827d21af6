"""Rows of the warehouse gathered: cases by who sends and who receives, amounts by recipient."""

from collections.abc import Sequence

import reference


def by_ends(
    rows: Sequence[tuple[str, str, str, str, str, str, int]],
    hidden: Sequence[tuple[str, str, str, str]],
) -> dict[tuple[str, str], dict[tuple[str, str], int]]:
    """The cases from each end to each that are shown, by place and quarter."""
    short = {one.name: one.short_name for one in reference.hospitals()}
    areas = {one.key: one.name for one in reference.areas()}

    def called(level: str, at: str, place: str) -> str:
        home = reference.municipality_by_code().get(at) if level == "municipality" else None
        if home is None:
            return short.get(at, at)
        if place == home.area:
            return home.name
        return areas[home.area] if place == "lan" else "Andra kommuner"

    found: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for period, place, level, sender, other, receiver, cases in rows:
        ends = called(level, sender, place), called(other, receiver, place)
        way = found.setdefault((place, period), {})
        way[ends] = way.get(ends, 0) + cases
    for period, place, sender, receiver in hidden:
        found.get((place, period), {}).pop((sender, receiver), None)
    return found


def by_recipient(
    rows: Sequence[tuple[str, str, str, str, str, float]],
) -> dict[tuple[str, str], dict[tuple[str, str], dict[str, float]]]:
    """The amounts of each programme and year, by recipient and measure."""
    found: dict[tuple[str, str], dict[tuple[str, str], dict[str, float]]] = {}
    for programme, year, level, recipient, measure, value in rows:
        line = found.setdefault((programme, year), {}).setdefault((level, recipient), {})
        line[measure.removeprefix("funds_")] = value
    return found
