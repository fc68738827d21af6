"""Inhabitants by municipality and year, which rates are by."""

from metrics.datasets.dataset import Dataset, Measure, Public
from metrics.datasets.population.writing import WRITING
from metrics.indicator import POPULATION

DATASET = Dataset(
    key="population",
    name="Invånare",
    measures={POPULATION: Measure(name="folkbokförda invånare", counts="inhabitants")},
    writing=WRITING,
    control=Public("folkmängden är offentlig"),
)
