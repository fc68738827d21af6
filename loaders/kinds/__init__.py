"""The kinds of values that a column can hold: what each is, in one place.

How it is recognised, typed, explained, put in a template and proposed is said by its fields, which
loaders/declaration.py explains (`Kind`). What reads the words of several kinds is beside this file.
"""

import datetime
import re

import reference
from loaders.declaration import Column, Kind
from loaders.kinds import amounts, meanings, places
from loaders.kinds.choices import allowed
from loaders.kinds.organisations import organisation
from loaders.kinds.places import place_named

_WHOLE = re.compile(r"[+-]?\d{1,3}([ \u00a0\u2009\u202f]?\d{3})*(\.0+)?")
_DECIMAL = re.compile(r"[+-]?\d+([.,]\d+)?")
_DAY = re.compile(r"(19|20)\d\d[-/.]?\d\d[-/.]?\d\d([ T].*)?")
# What is filled in as a number in an example.
TEN = 10
_STATES = "Skriv - om uppgiften inte är rapporterad, . om den inte är tillämplig och .. om den är "
_NO_FUTURE = """
                    when year(value) < 1990 or value > today() + interval 2 day
                    then 'not-a-date'"""


def _is_value(column: Column, text: str) -> bool:
    return column.kind.value is not None and column.kind.value(column, text) is not None


def _is_decimal(_: Column, text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None


def _is_day(_: Column, text: str) -> bool:
    return _DAY.fullmatch(text) is not None


def _municipalities() -> list[str]:
    return [municipality.name for municipality in reference.municipalities()]


def _hospitals() -> list[str]:
    return [hospital.name for hospital in reference.hospitals()]


MONTH = Kind(
    key="month",
    dimension=True,
    period=True,
    value=meanings.month,
    meaning=meanings.of_value,
    fault="not-a-period",
    called="en månad",
    several="månader",
    example="2019-07",
    explains="Månad som ÅÅÅÅ-MM.",
    form="@",
    filled=lambda: "2026-01",
    fits=_is_value,
    telling=True,
)
QUARTER = Kind(
    key="quarter",
    dimension=True,
    period=True,
    value=meanings.quarter,
    meaning=meanings.of_value,
    fault="not-a-period",
    called="ett kvartal",
    several="kvartal",
    example="2019-K3",
    explains="Kvartal som 2026-K1.",
    filled=lambda: "2026-K1",
    fits=_is_value,
    telling=True,
)
YEAR = Kind(
    key="year",
    dimension=True,
    period=True,
    value=meanings.year,
    meaning=meanings.of_value,
    fault="not-a-period",
    called="ett år",
    several="år",
    example="2019",
    explains="År med fyra siffror.",
    filled=lambda: 2026,
    fits=_is_value,
)
PERIOD = Kind(
    key="period",
    dimension=True,
    period=True,
    value=meanings.period,
    meaning=meanings.of_value,
    fault="not-a-period",
    called="en månad, ett kvartal eller ett år",
    several="perioder",
    example="2019-07",
    explains="Månad som 2026-01, kvartal som 2026-K1 eller år som 2026.",
    filled=lambda: "2026-K1",
    fits=_is_value,
    telling=True,
)
MUNICIPALITY = Kind(
    key="municipality",
    dimension=True,
    place=True,
    value=meanings.municipality,
    meaning=meanings.of_municipality,
    fault="unknown-municipality",
    example="Härryda",
    unknown="'{text}' säger en annan kommun än kommunkoden i samma rad.",
    explains="En av länets {municipalities} kommuner, med namn eller kommunkod.",
    choices=lambda _: _municipalities(),
    fits=lambda _, text: place_named(text).kind in ("municipality", "outside"),
    telling=True,
)
PLACE = Kind(
    key="place",
    place=True,
    meaning=lambda _, text, __: places.meaning(text),
    fault="unknown-place",
    explains="Kommun, vårdsamverkansområde, sjukhus eller {county}.",
    filled=lambda: _municipalities()[0],
    fits=lambda _, text: places.meaning(text)[1] in ("ok", "outside-county"),
    telling=True,
)
ORGANISATION = Kind(
    key="organisation",
    meaning=meanings.of_organisation,
    explains="Kommun, sjukhus, vårdcentral eller annan organisation, inte enheten.",
    filled=lambda: _municipalities()[0],
    fits=lambda _, text: organisation(text).kind != "other",
    telling=True,
)
HOSPITAL = Kind(
    key="hospital",
    dimension=True,
    place=True,
    value=meanings.hospital,
    meaning=meanings.of_value,
    unknown="'{text}' är inget känt sjukhus.",
    nearest=_hospitals,
    explains="Sjukhus eller förvaltning.",
    choices=lambda _: _hospitals(),
    fits=_is_value,
    telling=True,
)
CHOICE = Kind(
    key="choice",
    dimension=True,
    value=meanings.spelled,
    meaning=meanings.of_value,
    explains="Ett av de tillåtna värdena.",
    choices=allowed,
    fits=_is_value,
    telling=True,
)
CATEGORY = Kind(
    key="category",
    dimension=True,
    category=True,
    open=True,
    value=meanings.spelled,
    meaning=meanings.of_value,
    explains="Ett av värdena i listan; andra visas som de står, med en varning.",
    choices=allowed,
    fits=_is_value,
)
TEXT = Kind(
    key="text",
    open=True,
    meaning=meanings.of_value,
    explains="Text.",
    filled=lambda: "Exempel",
)
COUNT = Kind(
    key="count",
    counted=True,
    measured=True,
    macro="count_of",
    faults="""
                    when value < 0 then 'negative'
                    when value <> floor(value) or value > 1e12 then 'not-a-number'""",
    fault="not-a-number",
    called="ett helt tal",
    explains=f"Ett helt tal, 0 eller mer. {_STATES}skyddad. Noll är något annat än att uppgift "
    "saknas.",
    form="#,##0",
    filled=lambda: TEN,
    fits=lambda _, text: _WHOLE.fullmatch(text) is not None,
)
NUMBER = Kind(
    key="number",
    stated=True,
    macro="number_of",
    fault="not-a-number",
    called="ett tal",
    explains=f"Ett tal med decimalkomma. {_STATES}skyddad.",
    filled=lambda: TEN,
    fits=_is_decimal,
)
MEAN = Kind(
    key="mean",
    measured=True,
    macro="number_of",
    faults="when value < 0 then 'negative'",
    fault="not-a-number",
    called="ett tal",
    explains="Ett tal med decimalkomma. Kontrolleras mot antal och dagar; får lämnas tomt.",
    form="0.00",
    filled=lambda: 1.0,
    fits=_is_decimal,
)
AMOUNT = Kind(
    key="amount",
    money=True,
    stated=True,
    fault="not-a-number",
    called="ett belopp",
    explains="Kronor, som 275 000 kr, 350 tkr eller 10 Mkr. Drygt, minst och över läses som en "
    "undre gräns.",
    form="#,##0",
    filled=lambda: TEN,
    fits=lambda _, text: amounts.amount(text) is not None,
)
TIMESTAMP = Kind(
    key="timestamp",
    macro="timestamp_of",
    faults=_NO_FUTURE,
    fault="not-a-date",
    explains="Datum, gärna med klockslag: ÅÅÅÅ-MM-DD TT:MM.",
    form="yyyy-mm-dd hh:mm",
    filled=lambda: datetime.datetime(2026, 1, 15, 12, 0),
    fits=_is_day,
    telling=True,
)
DATE = Kind(
    key="date",
    macro="timestamp_of",
    faults=_NO_FUTURE,
    fault="not-a-date",
    explains="Datum som ÅÅÅÅ-MM-DD.",
    form="yyyy-mm-dd",
    filled=lambda: datetime.date(2026, 1, 15),
    fits=_is_day,
    telling=True,
)
