"""Measures of the whole country's municipalities, which an indicator is compared with."""

from metrics.datasets.country.writing import WRITING
from metrics.datasets.dataset import Dataset, Measure, Public

DATASET = Dataset(
    key="country",
    name="Rikets kommuner",
    measures={"value": Measure(name="värdet i rikets kommuner", counts="none")},
    writing=WRITING,
    control=Public("Kolada publicerar bara det som får visas"),
)
