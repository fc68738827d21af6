"""Inhabitants by municipality and year, in the shape of Statistics Sweden's tables.

From 2025 the published numbers carry a little noise (the Cell Key Method), so the parts need not
sum to the totals: small differences are no errors.
"""

from dataclasses import replace

from loaders import kinds
from loaders.declaration import Column, Export
from loaders.exports.shared_columns import MUNICIPALITY

EXPORT = Export(
    key="befolkning",
    title="Folkmängd, invånare per kommun och år",
    dataset="population",
    tolerance=0.001,
    headed="population",
    words=("folkm", "invån", "befolkning", "folkbok", "be0101n1"),
    columns=(
        Column(
            key="period",
            label="År",
            kind=kinds.YEAR,
            required=True,
            names=(
                "årtal",
                "tid",
                "tidpunkt",
                "period",
                "mätår",
                "månad",
                "datum",
                "referensdatum",
            ),
        ),
        replace(MUNICIPALITY, names=("region", *MUNICIPALITY.names, "regionkod", "regionnamn")),
        Column(
            key="population",
            label="Folkmängd",
            kind=kinds.COUNT,
            required=True,
            counts="inhabitants",
            generic=("antal", "antal personer", "personer"),
            names=(
                "antal invånare",
                "invånare",
                "befolkning",
                "antal",
                "folkmängd 31 december",
                "folkmängden",
                "folkmängd totalt",
                "totalt folkmängd",
                "invånarantal",
                "invånarantalet",
                "befolkningsmängd",
                "antal personer",
                "personer",
                "folkbokförda",
                "antal folkbokförda",
                # What Statistics Sweden calls the number in its files.
                "be0101n1",
            ),
        ),
    ),
)
