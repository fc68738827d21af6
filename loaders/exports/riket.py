"""A measure for the municipalities of the whole country, as Kolada answers, to compare with.

They are told apart by their codes, which are not looked up: most are of other counties.
"""

from loaders import kinds
from loaders.declaration import Column, Export, Records

EXPORT = Export(
    key="riket",
    title="Nyckeltal för rikets kommuner, till jämförelse",
    dataset="country",
    columns=(
        Column(
            key="measure",
            label="Nyckeltal",
            kind=kinds.TEXT,
            required=True,
        ),
        Column(
            key="code",
            label="Kommun i riket",
            kind=kinds.TEXT,
            required=True,
            names=("kolada-id",),
        ),
        Column(key="period", label="År", kind=kinds.YEAR, required=True),
        Column(key="value", label="Värde", kind=kinds.NUMBER, required=True, blank=True),
    ),
    records=Records(key=("measure", "code", "period")),
)
