"""Columns that several exports have, with every heading they are known to go by.

The headings of Västra Götaland's own report are assumptions (docs/domain.md); the national ones are
those of SKR's tables (docs/domain.md).
"""

from loaders import kinds
from loaders.declaration import Column

CARE_FORMS = {
    "somatik": "somatik",
    "somatisk": "somatik",
    "somatisk vård": "somatik",
    "somatisk slutenvård": "somatik",
    "som": "somatik",
    "psykiatri": "psykiatri",
    "psykiatrisk": "psykiatri",
    "psykiatrisk vård": "psykiatri",
    "psykiatrisk slutenvård": "psykiatri",
    "psyk": "psykiatri",
}

MONTH = Column(
    key="period",
    label="Månad",
    kind=kinds.MONTH,
    required=True,
    names=(
        "månad",
        "år-månad",
        "år månad",
        "år/månad",
        "årmånad",
        "period",
        "mån",
        "utskrivningsmånad",
        "kalendermånad",
        "månad för utskrivning",
        "utskriven månad",
        "tidsperiod",
        "yyyy-mm",
        "åååå-mm",
        "redovisningsmånad",
        "rapportmånad",
        "utskrivningsperiod",
    ),
)

MUNICIPALITY = Column(
    key="municipality",
    label="Kommun",
    kind=kinds.MUNICIPALITY,
    required=True,
    names=(
        "kommun",
        "folkbokföringskommun",
        "kommunnamn",
        "hemkommun",
        "patientens kommun",
        "bostadskommun",
        "kommun namn",
        "kommunens namn",
        "kommun/län",
        "län/kommun",
        "kommuner",
        "ansvarig kommun",
        "folkbokförd i",
        "folkbokförd kommun",
        "hemortskommun",
        "patientens folkbokföringskommun",
        "patientens hemkommun",
        "berörd kommun",
        "avser kommun",
        "kommun (folkbokföring)",
        "betalningsansvarig kommun",
        "mottagande kommun",
        "kommunkod",
        "kommun kod",
        "kommunnr",
        "kommunnummer",
        "kommun-kod",
        "folkbokföringskommunkod",
        "kom.kod",
        "lkf",
    ),
)

HOSPITAL = Column(
    key="hospital",
    label="Sjukhus",
    kind=kinds.HOSPITAL,
    names=(
        "sjukhus",
        "förvaltning",
        "sjukhusförvaltning",
        "utskrivande sjukhus",
        "vårdgivare",
        "utskrivande förvaltning",
        "utskrivande enhet",
        "vårdinrättning",
        "sjukhus/förvaltning",
        "sjukhusnamn",
        "slutenvårdsenhet",
        "utskrivande vårdgivare",
        "inrättning",
    ),
)

CARE_FORM = Column(
    key="care_form",
    label="Vårdform",
    kind=kinds.CHOICE,
    choices=CARE_FORMS,
    names=(
        "vårdform",
        "vårdtyp",
        "verksamhet",
        "verksamhetsområde",
        "somatik/psykiatri",
        "vårdområde",
        "typ av vård",
        "område vård",
        "slutenvårdsform",
        "medicinskt verksamhetsområde",
        "mvo",
    ),
)

QUARTER = Column(
    key="period",
    label="Kvartal",
    kind=kinds.QUARTER,
    required=True,
    names=("period", "kv", "år-kvartal", "år kvartal", "kvartal och år", "tidsperiod"),
)

PROCESS = Column(
    key="process",
    label="Process",
    kind=kinds.CATEGORY,
    categories="process",
    required=True,
    names=(
        "händelsetyp",
        "typ av händelse",
        "kategori",
        "ärendetyp",
        "typ av avvikelse",
        "avvikelsekategori",
        "avvikelseområde",
        "huvudprocess",
        "berörd process",
        "delprocess",
        "avvikelsetyp",
        "klassificering",
        "brist",
        "typ av brist",
        "område",
        "samverkansprocess",
        "rutin",
        "rutin/riktlinje",
    ),
)
