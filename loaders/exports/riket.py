"""A measure for the municipalities of the whole country, as Kolada answers, to compare with.

They are told apart by their codes, which are not looked up: most are of other counties.
"""

from loaders.declaration import Column, Export, Kind, Records

EXPORT = Export(
    key="riket",
    title="Nyckeltal för rikets kommuner, till jämförelse",
    dataset="country",
    columns=(
        Column(
            key="measure",
            label="Nyckeltal",
            kind=Kind.TEXT,
            required=True,
        ),
        Column(
            key="code",
            label="Kommun i riket",
            kind=Kind.TEXT,
            required=True,
            names=("kolada-id",),
        ),
        Column(key="period", label="År", kind=Kind.YEAR, required=True),
        Column(key="value", label="Värde", kind=Kind.NUMBER, required=True, blank=True),
    ),
    records=Records(key=("measure", "code", "period")),
)
