"""One row per stay: counted on the way in, nothing about a single stay is kept."""

from dataclasses import replace

from loaders import kinds
from loaders.declaration import Column, Days, Export
from loaders.exports.shared_columns import CARE_FORM, HOSPITAL, MUNICIPALITY
from loaders.exports.utskrivningsklara import READY_DAYS

EXPORT = Export(
    key="vardtillfallen",
    title="Vårdtillfällen, en rad per utskrivning",
    dataset="discharges",
    columns=(
        MUNICIPALITY,
        replace(HOSPITAL, required=True),
        replace(CARE_FORM, required=True),
        Column(
            key="notice_at",
            label="Meddelande utskrivningsklar",
            kind=kinds.TIMESTAMP,
            required=True,
            blank=True,
            names=(
                "meddelande utskrivningsklar",
                "meddelande om utskrivningsklar",
                "utskrivningsklar",
                "underrättelse om utskrivningsklar",
                "utskrivningsklardatum",
                "utskrivningsklar datum",
                "datum utskrivningsklar",
                "tidpunkt utskrivningsklar",
                "utskrivningsklar tidpunkt",
                "underrättelse utskrivningsklar",
                "utskrivningsklar meddelande",
                "utskrivningsklar tid",
                "datum för meddelande utskrivningsklar",
                "meddelandedatum",
                "utskrivningsklar från",
            ),
        ),
        Column(
            key="discharged_at",
            label="Utskrivningsdatum",
            kind=kinds.TIMESTAMP,
            required=True,
            names=(
                "utskrivningsdatum",
                "utskriven",
                "utskrivning",
                "datum för utskrivning",
                "utskrivningstidpunkt",
                "utskrivningstid",
                "utskriven datum",
                "datum utskrivning",
                "utskrivningsdatum och tid",
                "utskriven från slutenvård",
                "utskrivningsdag",
                "ut datum",
            ),
        ),
    ),
    counted=Days(
        start="notice_at",
        end="discharged_at",
        admitted=(
            "inskrivningsdatum",
            "inskriven",
            "inskrivning",
            "inskrivningstidpunkt",
            "inskrivningstid",
            "inskrivningsdag",
            "datum för inskrivning",
            "datum inskrivning",
            "inskriven datum",
            "in",
            "in datum",
        ),
        stated=(*READY_DAYS.names, "väntedagar", "väntetid", "väntetid (dagar)", "liggdagar"),
    ),
)
