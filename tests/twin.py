"""A twin of a data folder: it shows the same, of other facts wherever something is hidden.

Nothing of the disclosure control is used but which rows it hides: persons and cases move from one
municipality to another of its area where both of their numbers are hidden, so that every sum stays,
and the cube is computed anew. Whatever then is otherwise for a reader tells of what is hidden.
"""

import hashlib
import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import permutations
from pathlib import Path

import duckdb

import reference
from metrics import cube
from metrics.catalogue import of_dataset
from metrics.datasets.deviations.ways import TOTAL, shown_name
from metrics.indicator import POPULATION

# A period and a municipality; and a hospital and a form of care of it.
Place = tuple[str, str]
Unit = tuple[str, str, str, str]
_QUARTER = "year(registered) || '-K' || quarter(registered)"
# From seven a period on a municipality is not taken to have had nobody where it is not listed, and
# one with more days than three a discharge has days above it.
_BUSY, _ABOVE = 7, 3


def twin(folder: Path, at: Path) -> tuple[Path, int]:
    """The twin, in a folder of its own below `at`, and how many facts are others in it."""
    copy = Path(shutil.copytree(folder, at / "data"))
    number, *_ = (copy / "warehouse" / "CURRENT").read_text(encoding="utf-8").split()
    file = copy / "warehouse" / f"{number}.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create temp table shown_before as from shown")
        moved = _persons(connection) + _cases(connection)
        cube.build(connection)
        for one, other in (("shown", "shown_before"), ("shown_before", "shown")):
            assert connection.execute(f"from {one} except from {other} limit 5").fetchall() == []
    manifest = file.with_suffix(".json")
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told |= {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "bytes": file.stat().st_size}
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return copy, moved


def _hidden(connection: duckdb.DuckDBPyConnection, dataset: str) -> Mapping[str, set[Place]]:
    """Of each measure the periods and municipalities of which no row shows it."""
    covered = defaultdict(set)
    for indicator, *place in connection.execute(
        """
        select indicator, period, place
        from disclosure_hidden
        where dataset = $dataset and level = 'municipality' and part = 'alla' and whole
        """,
        {"dataset": dataset},
    ).fetchall():
        covered[indicator].add((place[0], place[1]))
    shown_by = defaultdict(list)
    for one in of_dataset(dataset):
        # Days above the mean are 0 where the days are few, whatever else is hidden.
        if "municipality" in one.levels and one.calculation != "excess":
            for measure in {*one.measures} - {POPULATION}:
                shown_by[measure].append(covered[one.key])
    return {measure: set.intersection(*found) for measure, found in shown_by.items()}


def _persons(connection: duckdb.DuckDBPyConnection) -> int:
    """Move one of each measure that can be, from one municipality to another of the area."""
    units: dict[Unit, dict[str, float]] = defaultdict(dict)
    rows: dict[tuple[Unit, str], int] = {}
    for row, measure, value, *unit in connection.execute(
        """
        select discharge.rowid, measure, value, period, municipality, hospital, care_form
        from discharge
        join municipality_owner as owner using (period, municipality, load_id)
        where dataset = 'discharges' and state = 'ok' and hospital is not null
        order by discharge.rowid
        """
    ).fetchall():
        at = (unit[0], unit[1], unit[2], unit[3])
        units[at][measure] = value
        rows[at, measure] = row
    of_place = defaultdict(list)
    for at in units:
        of_place[at[:2]].append(at)
    seen = {place: _seen([units[at] for at in of_units]) for place, of_units in of_place.items()}
    changed: dict[tuple[Unit, str], float] = {}
    for measure, places in _hidden(connection, "discharges").items():
        if measure == "ready_days":
            continue
        for giving, taking in _beside(places):
            # Days above the mean are added up where there are any.
            if seen[giving][1] != seen[taking][1]:
                continue
            for one in of_place[giving]:
                other = (*taking, *one[2:])
                if other not in units or {(one, measure), (other, measure)} & changed.keys():
                    continue
                units[one][measure] -= 1
                units[other][measure] += 1
                if all(
                    _possible([units[at] for at in of_place[place]], seen[place])
                    for place in (giving, taking)
                ):
                    changed |= {(at, measure): units[at][measure] for at in (one, other)}
                    break
                units[one][measure] += 1
                units[other][measure] -= 1
    connection.executemany(
        "update discharge set value = ? where rowid = ?",
        [(value, rows[at]) for at, value in changed.items()],
    )
    return len(changed)


def _beside(places: set[Place]) -> Iterator[tuple[Place, Place]]:
    """The pairs of places of one period and area."""
    homes = {home.code: home.area for home in reference.municipalities()}
    groups = defaultdict(list)
    for period, home in sorted(places):
        groups[period, homes[home]].append((period, home))
    for group in groups.values():
        yield from permutations(group, 2)


def _possible(units: list[dict[str, float]], seen: tuple[bool, bool]) -> bool:
    """Whether a place's stays can be so, and what everybody sees of it is as before."""
    for unit in units:
        n, over = unit["discharges"], unit.get("over_3", 0)
        rest = (n - unit.get("same_day", 0) - over, over - unit.get("over_7", 0))
        if min(*rest, *unit.values(), n - unit.get("before_notice", 0)) < 0 or n < 1:
            return False
    return _seen(units) == seen


def _seen(units: list[dict[str, float]]) -> tuple[bool, bool]:
    persons = sum(unit.get("discharges", 0) for unit in units)
    return persons < _BUSY, sum(unit.get("ready_days", 0) for unit in units) > _ABOVE * persons


def _cases(connection: duckdb.DuckDBPyConnection) -> int:
    """Let a case be another municipality's of the area, where nothing shows either's."""
    spots = set(
        connection.execute("select period, place, sender, receiver from way_hidden").fetchall()
    )
    hidden = _hidden(connection, "deviations")["deviations"]
    cases = connection.execute(
        f"""
        select rowid, {_QUARTER}, municipality, sender_level, sender, receiver_level, receiver
        from deviation_case
        where (sender_level = 'municipality') <> (receiver_level = 'municipality')
            and municipality in (sender, receiver)
        order by rowid
        """
    ).fetchall()
    ways = Counter(case[1:] for case in cases)
    of_place = defaultdict(list)
    for case in cases:
        of_place[case[1], case[2]].append(case)
    homes = {home.code: home.area for home in reference.municipalities()}
    done: set[Place] = set()
    for giving, taking in _beside(hidden):
        for row, period, home, *ends in of_place[giving]:
            other = [taking[1] if end == home else end for end in ends]
            # A way that is gone, or is new, would be seen in its table.
            if ways[period, home, *ends] < 2 or not ways[period, taking[1], *other]:
                continue
            if done & {giving, taking} or not all(
                _is_hidden(spots, period, homes[home], one) for one in (ends, other)
            ):
                continue
            connection.execute(
                """
                update deviation_case
                set municipality = $home, sender = $sender, receiver = $receiver
                where rowid = $row
                """,
                {"home": taking[1], "sender": other[1], "receiver": other[3], "row": row},
            )
            done |= {giving, taking}
    return len(done)


def _is_hidden(
    spots: set[tuple[str, str, str, str]], period: str, area: str, ends: list[str]
) -> bool:
    """Whether an area's table shows neither a way nor what its municipality has in all."""
    sender, receiver = (shown_name(ends[at], ends[at + 1], area) for at in (0, 2))
    whole = (sender, TOTAL) if ends[0] == "municipality" else (TOTAL, receiver)
    return {(period, area, sender, receiver), (period, area, *whole)} <= spots
