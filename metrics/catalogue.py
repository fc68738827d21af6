"""The indicators as `catalogue.toml` and the users' own file declare them, checked when read."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import reference
from metrics.blocks import KEY, Block, OwnBlock
from metrics.datasets import datasets, population
from metrics.datasets import indicators as delivered
from metrics.indicator import Goal, Indicator, terms_of
from settings import FileState, SettingsError, data_dir, sound, toml
from swedish import typography

__all__ = ["Indicator", "indicator", "indicators", "measured", "of_dataset"]

KOLADA = "kolada.toml"
"""The file of the blocks that came with measures of Kolada."""
_OWN = (KOLADA, "indicators.toml")
_HERE = Path(__file__).parent
_KEYS = "Nyckeln ska vara små bokstäver a–z, siffror och _"
_LINE = "uppgiften"


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
    paths = [path for name in _OWN if (path := data_dir() / name).exists()]
    return _indicators(data_dir(), tuple(map(FileState.of, paths)), reference.county())


@lru_cache(maxsize=4)
def _shipped(county: reference.County) -> Mapping[str, Indicator]:
    """The program's own; where they come from is called what the county calls it."""
    path = _HERE / "catalogue.toml"
    shipped = {}
    for key, block in toml.read(path).items():
        if not KEY.fullmatch(key) or not isinstance(block, dict):
            raise SettingsError(f"{path}: [{key}] kan inte vara en indikator. {_KEYS}.")
        lines = toml.declared(Block, block, path=path, table=key, line=_LINE).lines
        source = lines["source"].format_map(vars(county))
        shipped[key] = _indicator(key, {**lines, "source": source}, path)
    return shipped


@lru_cache(maxsize=8)
def _indicators(
    folder: Path, _files: tuple[FileState, ...], county: reference.County
) -> Mapping[str, Indicator]:
    paths = [folder / name for name in _OWN]
    return sound.newest(paths[-1], lambda read: _with_own(paths, read, county))


def _with_own(
    paths: Sequence[Path], read: sound.Read, county: reference.County
) -> Mapping[str, Indicator]:
    shipped = _shipped(county)
    by_key = dict(shipped)
    path = paths[-1]
    for path, content in filter(None, (read([path]) for path in paths)):
        blocks = toml.parsed(path, content)
        by_key |= {key: _own(key, block, path, shipped) for key, block in blocks.items()}
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
            f"{path}: [{key}] kan inte vara en egen indikator. {_KEYS}, och inte någon av "
            "programmets egna."
        )
    lines = toml.declared(OwnBlock, block, path=path, table=key, line=_LINE).lines
    return _indicator(key, {"caveats": "", **lines, "dataset": delivered.KEY}, path)


def _indicator(key: str, block: Mapping[str, Any], path: Path) -> Indicator:
    fields = dict(block)
    if "goal" in fields:
        fields["goal"] = Goal(**fields["goal"])
    if fields["dataset"] == delivered.KEY:
        fields.setdefault("numerator", "numerator")
        if fields["calculation"] == "ratio":
            fields.setdefault("denominator", "denominator")
    percent = fields["calculation"] == "ratio" and fields.get("per") == 100
    fields.setdefault("share", percent)
    made = Indicator(key=key, **fields)
    if fault := _fault(made, declared="counts" in fields):
        raise SettingsError(f"{path}: [{key}]: {fault}")
    return made


def _fault(chosen: Indicator, *, declared: bool) -> str:
    """Why its dataset cannot be asked for it, in Swedish; empty where it can."""
    dataset = datasets().get(chosen.dataset)
    if dataset is None or dataset.cube is None:
        keys = [key for key, one in datasets().items() if one.cube is not None]
        return _not_among("dataset", [chosen.dataset], keys)
    known = {**population.DATASET.measures, **dataset.measures}
    lines: tuple[tuple[str, Sequence[str], Sequence[str]], ...] = (
        ("calculation", [chosen.calculation], dataset.cube.calculations),
        ("grain", [chosen.grain], dataset.cube.grains),
        ("levels", chosen.levels, dataset.cube.levels),
        ("numerator", terms_of(chosen.numerator), tuple(dataset.measures)),
        ("denominator", terms_of(chosen.denominator), tuple(known)),
    )
    for line, asked, possible in lines:
        if fault := _not_among(line, asked, possible):
            return fault
    counted = {known[term].counts for term in terms_of(chosen.numerator)}
    if dataset.alone or counted == {chosen.counts} or (not declared and len(counted) == 1):
        return ""
    said = typography.enumerate_words(sorted(counted))
    if len(counted) > 1:
        return f"'numerator' lägger ihop det som räknar {said}; lägg ihop det som räknar samma."
    return f"'counts' ska vara {said}, som {chosen.numerator} räknar, men är {chosen.counts!r}."


def _not_among(line: str, asked: Sequence[str], possible: Sequence[str]) -> str:
    wrong = [f"'{one}'" for one in asked if one not in possible]
    if not wrong:
        return ""
    return (
        f"'{line}' ska vara något av {', '.join(possible)} för den här datamängden, men är "
        f"{typography.enumerate_words(wrong)}."
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
