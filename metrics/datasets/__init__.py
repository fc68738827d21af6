"""The datasets: a room each, registered here once; nothing else needs to know which they are.

An export of counts that has no room of its own is a dataset too, by its declaration alone.
"""

from collections.abc import Mapping
from functools import lru_cache

from loaders.declaration import Export
from loaders.exports import exports
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
    return own | {dataset.key: dataset for dataset in declared(of, own=own)}
