"""Any other indicator: which, where, when, and its value or what it is calculated from.

The indicators that may be named are those of the catalogue; the caller puts them in.
"""

from collections.abc import Mapping
from dataclasses import replace

from loaders import kinds
from loaders.declaration import AsReported, Column, Export, Records, Reported

HINT = (
    " En ny indikator läggs till som ett block i filen indicators.toml i datamappen; "
    "användarguiden visar hur."
)

EXPORT = Export(
    key="indikatorer",
    title="Andra indikatorer, en rad per indikator, plats och period",
    dataset="indicators",
    columns=(
        Column(
            key="indicator",
            label="Indikator",
            kind=kinds.CHOICE,
            required=True,
            choices={},
            hint=HINT,
            names=(
                "indikatornyckel",
                "mått",
                "nyckeltal",
                "indikatornamn",
                "nyckel",
                "kpi_title",
                "kpi title",
            ),
        ),
        Column(
            key="place",
            label="Plats",
            kind=kinds.PLACE,
            required=True,
            names=(
                "kommun",
                "område",
                "vårdsamverkansområde",
                "region",
                "enhet",
                "geografi",
                "sjukhus",
                "län",
                "ort",
                "kommunkod",
                "municipality",
            ),
        ),
        Column(
            key="period",
            label="Period",
            kind=kinds.PERIOD,
            required=True,
            names=("månad", "kvartal", "år", "tid", "tidsperiod", "tidpunkt", "year"),
        ),
        Column(
            key="numerator",
            label="Täljare",
            kind=kinds.NUMBER,
            blank=True,
            names=("antal", "taljare"),
        ),
        Column(
            key="denominator",
            label="Nämnare",
            kind=kinds.NUMBER,
            blank=True,
            names=("namnare", "av", "totalt antal"),
        ),
        Column(
            key="value",
            label="Värde",
            kind=kinds.NUMBER,
            blank=True,
            names=("varde", "resultat", "utfall", "value"),
        ),
    ),
    headed="value",
    records=Records(key=("indicator", "place", "period"), either=("numerator", "value")),
)


def knowing(names: Mapping[str, str], known: Mapping[str, Reported]) -> Export:
    """The export with the indicators that may be named: a normalised spelling to its key.

    `known` is how each key is reported.
    """
    columns = tuple(
        replace(column, choices=names) if column.key == "indicator" else column
        for column in EXPORT.columns
    )
    return replace(EXPORT, columns=columns, rules=(AsReported(by=known),))
