"""Counts of discharge-ready patients: the month's report, the long list, months as columns.

Source of the layouts: domain.md 4; the heads and titles vary, so every dimension may stand in a
column, in a head of one or two levels, in the sheet's name or in a title.
"""

from loaders.declaration import Column, Export, Kind, MeanOf, PartOf
from loaders.exports.shared_columns import CARE_FORM, HOSPITAL, MONTH, MUNICIPALITY

EXPORT = Export(
    key="utskrivningsklara",
    title="Utskrivningsklara, antal per kommun och månad",
    dataset="discharges",
    columns=(
        MONTH,
        MUNICIPALITY,
        HOSPITAL,
        CARE_FORM,
        Column(
            key="discharges",
            label="Antal utskrivna",
            kind=Kind.COUNT,
            required=True,
            names=(
                "antal utskrivna", "utskrivna utskrivningsklara", "antal utskrivna utskrivningsklara",
                "antal utskrivningsklara", "utskrivningsklara", "utskrivna", "antal utskrivningar",
                "vårdtillfällen", "antal vårdtillfällen", "antal patienter", "utskrivna patienter",
                "utskrivningar", "antal utskrivna patienter", "antal vtf", "vtf", "antal personer",
                "antal utskrivningsklara patienter", "antal vårdtillfällen utskrivningsklara",
            ),
        ),
        Column(
            key="ready_days",
            label="Antal dagar",
            kind=Kind.COUNT,
            required=True,
            names=(
                "antal dagar", "totalt antal dagar", "summa dagar", "dagar", "vårddagar",
                "vårddagar som utskrivningsklar", "antal vårddagar", "dagar som utskrivningsklar",
                "antal dagar som utskrivningsklar", "kalenderdagar", "antal kalenderdagar",
                "utskrivningsklara dagar", "vårddygn", "antal vårddygn", "dagar totalt",
                "totalt antal vårddagar", "summa vårddagar", "summa antal dagar",
            ),
        ),
        Column(
            key="mean_days",
            label="Genomsnitt",
            kind=Kind.MEAN,
            blank=True,
            names=(
                "genomsnitt", "genomsnittligt antal dagar", "snitt", "medelvårdtid", "medel",
                "medelvårdtid som utskrivningsklar", "medelvärde", "genomsnitt dagar", "snitt dagar",
                "genomsnittlig vårdtid", "genomsnittlig vårdtid som utskrivningsklar", "medeltal",
                "genomsnittligt antal vårddagar", "dagar i genomsnitt", "medelantal dagar",
            ),
        ),
        Column(
            key="same_day",
            label="Utskrivna samma dag",
            kind=Kind.COUNT,
            names=(
                "utskrivna samma dag", "samma dag", "antal samma dag", "dag 0", "0 dagar",
                "antal utskrivna samma dag", "utskrivna dag 0", "varav samma dag", "dag noll",
                "antal dag 0",
            ),
        ),
        Column(
            key="over_3",
            label="Kvar mer än 3 dagar",
            kind=Kind.COUNT,
            names=(
                "kvar mer än 3 dagar", "mer än 3 dagar", "över 3 dagar", "> 3 dagar", ">3 dagar",
                "fler än 3 dagar", "antal över 3 dagar", "antal mer än 3 dagar", "kvar > 3 dagar",
                "kvar över 3 dagar", "varav mer än 3 dagar", "kvar efter 3 dagar",
            ),
        ),
        Column(
            key="over_7",
            label="Kvar mer än 7 dagar",
            kind=Kind.COUNT,
            names=(
                "kvar mer än 7 dagar", "mer än 7 dagar", "över 7 dagar", "> 7 dagar", ">7 dagar",
                "fler än 7 dagar", "antal över 7 dagar", "antal mer än 7 dagar", "kvar > 7 dagar",
                "kvar över 7 dagar", "varav mer än 7 dagar", "kvar efter 7 dagar",
            ),
        ),
        Column(
            key="before_notice",
            label="Utskrivna före meddelande",
            kind=Kind.COUNT,
            names=(
                "utskrivna före meddelande", "före meddelande", "antal före meddelande",
                "utskrivna före meddelande om utskrivningsklar", "utskrivna utan meddelande",
                "antal utskrivna före meddelande", "utskrivna före utskrivningsklar",
                "utskrivna utan eller före meddelande",
            ),
        ),
    ),
    rules=(
        PartOf(parts=("same_day", "over_3"), whole="discharges"),
        PartOf(parts=("over_7",), whole="over_3"),
        MeanOf(mean="mean_days", total="ready_days", count="discharges"),
    ),
)
