"""The datasets: a room each, registered here once; nothing else needs to know which they are.

An export of counts that has no room of its own is a dataset too, by its declaration alone.
"""

from collections.abc import Mapping
from functools import lru_cache

from loaders.declaration import Export
from loaders.exports import exports, refused
from metrics.datasets import (
    country,
    deliveries,
    deviations,
    discharges,
    funds,
    indicators,
    population,
)
from metrics.datasets.counted.declared import declared
from metrics.datasets.dataset import Dataset, DatasetPage

_ROOMS = (discharges, deviations, funds, indicators, population, country)


def datasets() -> Mapping[str, Dataset]:
    """Every dataset by its key, in the order that they are computed."""
    return _datasets(exports())


def name_of(key: str) -> str:
    """What a dataset is called on the pages; its key where its declaration is gone."""
    dataset = datasets().get(key)
    return dataset.name if dataset else key


def page_of(key: str) -> DatasetPage:
    """The page that is about a dataset. Raises ValueError for one without."""
    page = datasets()[key].page
    if page is None:
        raise ValueError(f"{key} has no page")
    return page


@lru_cache(maxsize=4)
def _datasets(of: tuple[Export, ...]) -> Mapping[str, Dataset]:
    ours = (*(room.DATASET for room in _ROOMS), *deliveries.DATASETS)
    own = {dataset.key: dataset for dataset in ours}
    every = own | {dataset.key: dataset for dataset in declared(of, own=own)}
    tables: dict[tuple[str, bool], bool] = {}
    for export in of:
        alike = tables.setdefault((export.dataset, export.cases), export.tables) == export.tables
        if fault := _fault(export, every.get(export.dataset), alike=alike):
            raise refused(export, f"'dataset': {fault}")
    return every


def _fault(export: Export, dataset: Dataset | None, *, alike: bool) -> str:
    """Why what an export holds cannot be written to its dataset, in Swedish; empty where it can."""
    if dataset is None:
        return f"{export.dataset!r} har inget rum i metrics/datasets; bara tabeller klarar sig utan"
    if export.cases not in dataset.writing or not alike:
        return f"{export.dataset!r} tar inte emot sådana rader"
    unknown = [c.key for c in export.measures if c.key not in dataset.measures]
    if unknown:
        known = ", ".join(dataset.measures)
        return f"{export.dataset!r} räknar {known}, och inte {', '.join(unknown)}"
    return ""
