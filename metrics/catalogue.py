"""The indicators as `catalogue.toml` and the users' own file declare them, checked when read."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import reference
from metrics.datasets import datasets, population
from metrics.datasets import indicators as delivered
from metrics.indicator import Goal, Indicator, terms_of
from metrics.own_blocks import KEY, OwnBlock
from settings import FileState, SettingsError, data_dir, toml
from swedish import typography

__all__ = ["Indicator", "indicator", "indicators", "measured", "of_dataset"]

KOLADA = "kolada.toml"
"""The file of the blocks that came with measures of Kolada."""
_OWN = (KOLADA, "indicators.toml")
_HERE = Path(__file__).parent


def measured(expression: str, dataset: str) -> str:
    """The measures of "a + b" as users read them: `utskrivna samma dag och …`."""
    known = {**population.DATASET.measures, **datasets()[dataset].measures}
    return typography.enumerate_words([known[term].name for term in terms_of(expression)])


def indicators() -> Mapping[str, Indicator]:
    """Every indicator by its key, in the order of the catalogue; then the users' own.

    Their own blocks are in `indicators.toml` in the data folder, and are of the dataset
    `indicators`; so are those that came with measures of Kolada, in `kolada.toml`, which a block of
    the users' own of the same key replaces. Raises SettingsError where a block cannot be used.
    """
    paths = [path for name in _OWN if (path := data_dir() / name).is_file()]
    county = reference.county()
    return _indicators(tuple(map(FileState.of, paths)), county) if paths else _shipped(county)


@lru_cache(maxsize=4)
def _shipped(county: reference.County) -> Mapping[str, Indicator]:
    """The program's own; where they come from is called what the county calls it."""
    blocks = toml.read(_HERE / "catalogue.toml")
    return {
        key: _indicator(key, block | {"source": block["source"].format_map(vars(county))})
        for key, block in blocks.items()
    }


@lru_cache(maxsize=8)
def _indicators(files: tuple[FileState, ...], county: reference.County) -> Mapping[str, Indicator]:
    shipped = _shipped(county)
    by_key = dict(shipped)
    for path in (file.path for file in files):
        by_key |= {key: _own(key, block, path, shipped) for key, block in toml.read(path).items()}
    named: dict[str, str] = {}
    for key, chosen in by_key.items():
        for name in {key, chosen.name.casefold(), chosen.short.casefold()}:
            if named.setdefault(name, key) != key and chosen.dataset == delivered.KEY:
                raise SettingsError(f"{path}: [{key}] heter som [{named[name]}]: '{name}'.")
    return by_key


def _own(key: str, block: object, path: Path, shipped: Mapping[str, Indicator]) -> Indicator:
    taken = key in shipped and shipped[key].dataset != delivered.KEY
    if taken or not KEY.fullmatch(key) or not isinstance(block, dict):
        raise SettingsError(
            f"{path}: [{key}] kan inte vara en egen indikator. Nyckeln ska vara små bokstäver a–z, "
            "siffror och _, och inte någon av programmets egna."
        )
    lines = toml.declared(OwnBlock, block, path=path, table=key, line="uppgiften").lines
    return _indicator(key, {"caveats": "", **lines, "dataset": delivered.KEY})


def _indicator(key: str, block: Mapping[str, Any]) -> Indicator:
    fields = dict(block)
    if "levels" in fields:
        fields["levels"] = tuple(fields["levels"])
    if "goal" in fields:
        fields["goal"] = Goal(**fields["goal"])
    if fields["dataset"] == delivered.KEY:
        fields.setdefault("numerator", "numerator")
        if fields.get("calculation") == "ratio":
            fields.setdefault("denominator", "denominator")
    percent = fields.get("calculation") == "ratio" and fields.get("per") == 100
    fields.setdefault("share", percent)
    made = Indicator(key=key, **fields)
    _check(made, declared="counts" in fields)
    return made


def _check(chosen: Indicator, *, declared: bool) -> None:
    """Raise ValueError where its dataset has no such measures, or they count something else."""
    dataset = datasets().get(chosen.dataset)
    if dataset is None:
        raise ValueError(f"[{chosen.key}]: dataset {chosen.dataset!r} cannot be used")
    known = {**population.DATASET.measures, **dataset.measures}
    for measure in chosen.measures:
        if measure not in known:
            raise ValueError(f"[{chosen.key}]: measure {measure!r} cannot be used")
    counted = {known[term].counts for term in terms_of(chosen.numerator)}
    if declared and not dataset.alone and counted != {chosen.counts}:
        raise ValueError(
            f"[{chosen.key}]: counts {chosen.counts!r}, but {chosen.numerator} counts "
            f"{', '.join(sorted(counted))}"
        )
    if not declared and not dataset.alone and len(counted) > 1:
        raise ValueError(
            f"[{chosen.key}]: {chosen.numerator} counts {', '.join(sorted(counted))}: "
            "say in 'counts' which, of measures that count one thing"
        )


def of_dataset(dataset: str) -> list[Indicator]:
    """The indicators that are made of a dataset, in the order of the catalogue."""
    return [chosen for chosen in indicators().values() if chosen.dataset == dataset]


def name_of(key: str) -> str:
    """What an indicator is called; its key where its block is gone."""
    chosen = indicators().get(key)
    return chosen.name if chosen else key


def indicator(key: str) -> Indicator:
    """The indicator with this key; raises KeyError where there is none."""
    return indicators()[key]
