"""What was worked out anew against what the version in force holds, before anything is hidden."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

from recalculation import counted, declared, deviations, discharges, funds, indicators
from recalculation.raw import File, NotPlain, inhabitants

KEY = ["indicator", "period", "level", "place", "part"]
NUMBERS = ["numerator", "denominator", "value"]
NO_FILE = "talen kommer inte ur en fil"
_TINY = 1e-9


@dataclass(frozen=True)
class Answer:
    """How many numbers of a dataset were compared, and how many are others.

    `why` is why it could not be worked out anew, else empty; `examples` are numbers that differ,
    and `left` the indicators and levels that are not worked out.
    """

    dataset: str
    compared: int = 0
    different: int = 0
    why: str = ""
    examples: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Way:
    """How a dataset is worked out anew, and for which levels."""

    recalculated: Callable[[Sequence[File], pd.DataFrame], pd.DataFrame]
    levels: tuple[str, ...] = ("county", "area", "municipality", "hospital")


_WAYS = {
    "discharges": _Way(partial(counted.recalculated, layout=discharges.LAYOUT)),
    "deviations": _Way(deviations.recalculated),
    "funds": _Way(funds.recalculated, funds.LEVELS),
    "indicators": _Way(indicators.recalculated),
}


def _way(dataset: str) -> _Way | None:
    """That of a dataset, which may be declared counts; None where no indicator is made of it."""
    if dataset in _WAYS:
        return _WAYS[dataset]
    layout = declared.layout(dataset)
    if layout is None or not layout.formulas:
        return None
    return _Way(partial(counted.recalculated, layout=layout))


def answers(connection: duckdb.DuckDBPyConnection, folders: Iterable[Path]) -> list[Answer]:
    """An answer for each dataset in force; the raw files are found in the folders by what is in
    them."""
    raw = {
        hashlib.sha256(content).hexdigest(): content
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for content in (path.read_bytes(),)
    }
    loads = connection.execute(
        """
        select
            dataset, file, sha256, forced,
            array(
                select area from load_area where load_area.load_id = load.load_id and stated
            ) as areas
        from load
        where withdrawn_at is null
            -- One that was to replace finer ones does so also where a newer has all of it, and a
            -- case may be in an older file alone.
            and (
                forced
                or dataset = 'deviations'
                or exists (from owner where owner.load_id = load.load_id)
            )
        order by load_id
        """
    ).fetchall()
    counted = [
        raw[sha256] for dataset, _, sha256, *_ in loads if dataset == "population" and sha256 in raw
    ]
    try:
        people = [inhabitants(content) for content in counted]
    except NotPlain as error:
        return [Answer("population", why=f"en fil är inte upplagd som en enkel tabell: {error}")]
    of_years = pd.concat(people) if people else pd.DataFrame(columns=["place", "year", "people"])
    files: dict[str, list[tuple[str, File | None]]] = {}
    for dataset, file, sha256, forced, areas in loads:
        read = File(raw[sha256], forced, tuple(areas)) if sha256 in raw else None
        files.setdefault(dataset, []).append((file, read))
    theirs = _in_force(connection)
    of_files = [
        _answer(dataset, of, of_years, theirs[theirs["dataset"] == dataset])
        for dataset, of in files.items()
    ]
    others = dict.fromkeys(theirs["dataset"][~theirs["dataset"].isin([*files])])
    return of_files + [Answer(str(dataset), why=NO_FILE) for dataset in others]


def _in_force(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The numbers of the version: `dataset`, KEY and NUMBERS."""
    found = connection.execute(
        f"""
        select {", ".join(KEY)}, {", ".join(NUMBERS)}
        from raw
        where "within" = 'lan' or level = 'municipality'
        """
    ).df()
    datasets = {key: block["dataset"] for key, block in declared.blocks().items()}
    # What has no block among the program's own is delivered as such.
    return found.assign(dataset=found["indicator"].map(datasets).fillna("indicators"))


def _answer(
    dataset: str,
    files: Sequence[tuple[str, File | None]],
    people: pd.DataFrame,
    theirs: pd.DataFrame,
) -> Answer:
    absent = [name for name, file in files if file is None]
    if absent:
        return Answer(dataset, why=f"filen finns inte i mappen: {', '.join(absent)}")
    way = _way(dataset)
    if way is None:
        return Answer(dataset, why="inget mått räknas ur det ensamt")
    try:
        mine = way.recalculated([file for _, file in files if file is not None], people)
    except NotPlain as error:
        return Answer(dataset, why=f"en fil är inte upplagd som en enkel tabell: {error}")
    tried = theirs["indicator"].isin(mine["indicator"]) & theirs["level"].isin(way.levels)
    left = theirs[~tried].drop_duplicates(["indicator", "level"])
    return replace(
        compared(dataset, mine, theirs[tried]),
        left=tuple(zip(left["indicator"], left["level"], strict=True)),
    )


def compared(dataset: str, mine: pd.DataFrame, theirs: pd.DataFrame) -> Answer:
    """Every number of both: one that only one of them has is another."""
    mine, theirs = (
        of.astype(dict.fromkeys(NUMBERS, "float64")).dropna(subset=NUMBERS, how="all")
        for of in (mine, theirs)
    )
    both = mine.merge(theirs, on=KEY, how="outer", suffixes=("", "_theirs"), indicator="side")
    wrong = both["side"] != "both"
    for name in NUMBERS:
        one, other = both[name], both[f"{name}_theirs"]
        apart = (one - other).abs() > _TINY * other.abs().clip(lower=1)
        wrong |= apart | (one.isna() != other.isna())
    examples = [
        f"{row.indicator}, {row.place}, {row.period}, {row.part}: {row.value} i stället för "
        f"{row.value_theirs}"
        for row in both[wrong].head(5).itertuples()
    ]
    return Answer(dataset, len(both) * len(NUMBERS), int(wrong.sum()), "", tuple(examples))
