"""Counts of deviations per municipality, quarter and process; a dash is none here.

The processes stand as columns, or in a column of their own; the quarter may stand only in a title
or the sheet's name.
"""

from dataclasses import replace

from loaders import kinds
from loaders.declaration import Column, Export
from loaders.exports.shared_columns import MUNICIPALITY, PROCESS, QUARTER

EXPORT = Export(
    key="brister",
    title="Brister i samverkan, antal per kommun, kvartal och process",
    dataset="deviations",
    dash_is_none=True,
    by_area=True,
    columns=(
        replace(QUARTER, grouped_by=("process",)),
        replace(MUNICIPALITY, grouped_by=("process",)),
        PROCESS,
        Column(
            key="deviations",
            label="Antal avvikelser",
            kind=kinds.COUNT,
            required=True,
            names=(
                "antal",
                "avvikelser",
                "brister",
                "antal brister",
                "brister i samverkan",
                "avvikelser i samverkan",
                "antal ärenden",
                "ärenden",
                "antal registrerade",
                "registrerade",
            ),
        ),
    ),
)
