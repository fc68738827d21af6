"""A made-up report with every kind of block and its hard cases, and the demo data, loaded."""

import datetime
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from reports.making import Order
from reports.making import report as report_of
from reports.model import (
    BarChart,
    Cards,
    ColumnChart,
    FunnelChart,
    Head,
    Heading,
    Part,
    Points,
    Report,
    ReportCell,
    ReportTable,
    SeriesChart,
    Text,
)
from reports.theme import Theme
from reports.theme import theme as theme_of_files
from views.cards import Card

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MUNICIPALITIES = (
    "Ale Alingsås Bengtsfors Bollebygd Borås Dals-Ed Essunga Falköping Färgelanda Grästorp "
    "Gullspång Göteborg Götene Herrljunga Hjo Härryda Karlsborg Kungälv Lerum Lidköping "
    "Lilla_Edet Lysekil Mariestad Mark Mellerud Munkedal Mölndal Orust Partille Skara Skövde "
    "Sotenäs Stenungsund Strömstad Svenljunga Tanum Tibro Tidaholm Tjörn Tranemo Trollhättan "
    "Töreboda Uddevalla Ulricehamn Vara Vårgårda Vänersborg Åmål Öckerö"
).replace("_", "\u00a0")
MUNICIPALITIES = tuple(_MUNICIPALITIES.split(" "))


@pytest.fixture(scope="session")
def theme() -> Theme:
    """The shipped look."""
    return theme_of_files()


@pytest.fixture(scope="session")
def series() -> SeriesChart:
    """Three years with a gap, a month that stands out and a run of improvement."""
    months = 34
    values = [2.6 + 0.5 * math.sin(month * 2.1) for month in range(months)]
    values[11] = 4.6
    values[18] = math.nan
    values[26:] = [1.9 + 0.2 * math.sin(month) for month in range(8)]
    kinds: list[str | None] = ["common_cause"] * months
    kinds[11] = "special_cause_concern"
    kinds[26:] = ["special_cause_improvement"] * 8
    kinds[18] = None
    frame = pd.DataFrame(
        {
            "label": [f"{_MONTHS[month % 12]} {2024 + month // 12}" for month in range(months)],
            "value": values,
            "mean": 2.5,
            "lower": 1.2,
            "upper": 3.9,
            "target": 2.0,
            "point_type": pd.Series(kinds, dtype=object),
            "partial": [month == 33 for month in range(months)],
        }
    )
    return SeriesChart(
        title="Utskrivningsklara ligger kvar allt kortare",
        frame=frame,
        unit="dagar",
        decimals=1,
        target_text="Målet 2,0",
        alt="Dagar som utskrivningsklar: 1,9 i oktober 2026, en förbättring sedan mars.",
    )


@pytest.fixture(scope="session")
def lone() -> SeriesChart:
    """A single month, with neither limits nor target."""
    frame = pd.DataFrame(
        {
            "label": ["okt 2026"],
            "value": [3.25],
            "mean": [math.nan],
            "lower": [math.nan],
            "upper": [math.nan],
            "target": [math.nan],
            "point_type": pd.Series([None], dtype=object),
            "partial": [False],
        }
    )
    return SeriesChart("En enda månad", frame, "dagar", 1, "", "Ett värde: 3,3 dagar.")


@pytest.fixture(scope="session")
def bars() -> BarChart:
    """All municipalities, one hidden, one that has not reported, and the county."""
    values = [math.nan if at in (7, 40) else 4.8 - 0.09 * at for at in range(49)]
    frame = pd.DataFrame({"name": MUNICIPALITIES, "value": values, "note": "", "kind": "place"})
    frame.loc[7, "note"] = "skyddad uppgift"
    frame.loc[40, "note"] = "uppgift saknas"
    frame.loc[2, "note"] = "ofullständig"
    county = pd.DataFrame(
        [{"name": "Västra Götaland", "value": 2.6, "note": "", "kind": "reference"}]
    )
    return BarChart(
        title="Kommunerna jämförda",
        frame=pd.concat([frame.iloc[:24], county, frame.iloc[24:]], ignore_index=True),
        unit="dagar",
        decimals=1,
        alt="Dagar per kommun: Ale högst med 4,8, Öckerö lägst med 0,5.",
    )


@pytest.fixture(scope="session")
def few_bars() -> BarChart:
    """Four places, two with names that have no end."""
    frame = pd.DataFrame(
        {
            "name": [
                "Kommunernas gemensamma hemsjukvårdsorganisation i Fyrbodal och Norra Bohuslän",
                "Göteborg",
                "Delregional nämnd för Södra Älvsborg",
                "Västra Götaland",
            ],
            "value": [12.0, 8.5, 0.0, 9.0],
            "note": ["", "ofullständig: 3 av 5 har rapporterat", "", ""],
            "kind": ["place", "place", "place", "reference"],
        }
    )
    return BarChart("Långa namn", frame, "%", 1, "Fyra platser, den första högst med 12,0 %.")


@pytest.fixture(scope="session")
def columns() -> ColumnChart:
    """Two periods for five processes, with a value that is not there."""
    frame = pd.DataFrame(
        {
            "kvartal 3 2025": [210, 155, math.nan, 61, 12],
            "kvartal 3 2026": [243, 131, 80, 58, math.nan],
        },
        index=[
            "In- och utskrivningsprocessen",
            "Läkemedel",
            "Samordnad individuell plan (SIP)",
            "Informationsöverföring mellan vårdgivare",
            "Övrigt",
        ],
    )
    return ColumnChart(
        "Avvikelser per process",
        frame,
        "avvikelser",
        0,
        "In- och utskrivning: 243",
        why={(4, 1): "skyddad"},
    )


@pytest.fixture(scope="session")
def funnel() -> FunnelChart:
    """The municipalities, two of them outside the limits."""
    sizes = [int(5000 * 1.12**at) for at in range(49)]
    rate = 14.0
    spread = [100 / math.sqrt(size / 100) for size in sizes]
    rates = [rate + 0.12 * width * math.sin(at * 1.7) for at, width in enumerate(spread)]
    rates[30], rates[44] = rate + 0.42 * spread[30], rate - 0.5 * spread[44]
    points = pd.DataFrame(
        {
            "name": MUNICIPALITIES,
            "inhabitants": sizes,
            "rate": rates,
            "position": "inside",
            "highlight": False,
        }
    )
    points.loc[30, "position"] = "above_998"
    points.loc[44, "position"] = "below_95"
    points.loc[12, "highlight"] = True
    points["named"] = points["highlight"] | (points["position"] != "inside")
    curve = pd.DataFrame(
        {
            "inhabitants": sizes,
            "lower_998": [max(rate - 0.37 * width, 0) for width in spread],
            "lower_95": [max(rate - 0.24 * width, 0) for width in spread],
            "upper_95": [rate + 0.24 * width for width in spread],
            "upper_998": [rate + 0.37 * width for width in spread],
        }
    )
    return FunnelChart(
        "Skövde över gränserna", points, curve, rate, "per 10 000 invånare", "Två utanför gränsen."
    )


@pytest.fixture(scope="session")
def table() -> ReportTable:
    """As many rows and columns as there can be, hidden values among them."""
    heads = (
        Head("Kommun"),
        *(Head(f"kv {at % 4 + 1} {2024 + at // 4}", 1) for at in range(8)),
        Head("Läsning"),
    )
    rows = []
    for place, name in enumerate(MUNICIPALITIES):
        numbers = [
            ReportCell("..")
            if (place + at) % 17 == 0
            else ReportCell(f"{place},{at}", place + at / 10)
            for at in range(8)
        ]
        rows.append((ReportCell(name), *numbers, ReportCell("Slumpvariation")))
    return ReportTable(
        title="Dagar per kommun och kvartal",
        name="Kommuner",
        heads=heads,
        rows=tuple(rows),
        note="Två punkter (..) betyder att talet är skyddat.",
    )


@pytest.fixture(scope="session")
def small_table() -> ReportTable:
    """Text that a workbook might take for formulas."""
    return ReportTable(
        title="Fonder",
        name="Fonder 2026",
        heads=(Head("Projekt"), Head("Belopp, kr", 0), Head("Andel, %", 1), Head("Belopp, kr", 0)),
        rows=(
            (
                ReportCell("=SUM(A1:A9)"),
                ReportCell("275\u00a0000", 275000),
                ReportCell("12,5", 12.5),
                ReportCell("–"),
            ),
            (
                ReportCell("@risk, -10 % och +46"),
                ReportCell(".."),
                ReportCell("–"),
                ReportCell("1\u00a0000", 1000),
            ),
        ),
    )


@pytest.fixture(scope="session")
def cards() -> Cards:
    """Four cards, one with a long note."""
    return Cards(
        (
            Card("Dagar som utskrivningsklar", "1,9", "dagar", "2,4 samma månad i fjol"),
            Card("Avvikelser", "521", "", "kvartal 3 2026; 489 året före"),
            Card("Besvarade i tid", "74,2", "%", "målet är minst 80 %"),
            Card("Beviljat ur fonderna", "2\u00a0750\u00a0000", "kr", "av 4\u00a0000\u00a0000 kr"),
        )
    )


@pytest.fixture(scope="session")
def report(
    series: SeriesChart,
    lone: SeriesChart,
    bars: BarChart,
    few_bars: BarChart,
    columns: ColumnChart,
    funnel: FunnelChart,
    table: ReportTable,
    small_table: ReportTable,
    cards: Cards,
) -> Report:
    """A report with everything in it."""
    points = Points(
        (
            "Utskrivningsklara ligger kvar 1,9 dagar, en förbättring sedan mars som är större än "
            "vad slumpen brukar ge.",
            "Tre av fjorton kommuner når målet.",
            "Avvikelserna är fler än samma kvartal i fjol; fler rapporter kan betyda bättre "
            "rapportering.",
        )
    )
    caution = Text("Antalet avvikelser speglar hur man rapporterar lika mycket som hur vården är.")
    return Report(
        title="Underlag till SRO Skaraborg",
        subtitle="Oktober 2026",
        organisation="Vårdsamverkan Västra Götaland",
        parts=(
            Part("Sammanfattning", (points, cards)),
            Part("Utskrivningsklara", (series, Text("Målet är högst 2,0 dagar."))),
            Part("Ny mätning", (lone,)),
            Part("Kommunerna jämförda", (bars,)),
            Part("Andel i tid", (Heading("Var det brister"), few_bars, caution)),
            Part("Avvikelser", (columns, caution)),
            Part("Avvikelser i förhållande till folkmängd", (funnel,)),
            Part("Fonder", (Text("Två projekt har fått pengar."), small_table)),
            Part("Bilaga: alla tal", (table,)),
        ),
        footer=(
            "Källa: Lifecare och MedControl PRO, inlästa 2 november 2026",
            "Data t.o.m. oktober 2026 · samverkan 0.1.0 · Tal under 5 visas inte",
        ),
        stamp="Inlästa 2 november 2026.",
        made=datetime.datetime(2026, 11, 3, 8, 15),
        banner="Demodata: påhittade tal",
        notices=("Mariestad har inte lämnat uppgifter för september 2026.",),
        sheets=(table, small_table),
        notes=(("Källa", "Lifecare"), ("Skyddade tal", "=Tal under 5 visas inte")),
    )


MADE = datetime.datetime(2026, 11, 23, 7, 30)


@pytest.fixture
def here(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The demo data as the data folder."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    yield demo


def order(kind: str, place: str = "sodra-alvsborg", period: str = "2026-10") -> Order:
    """An order for a report of the demo data's last month or quarter."""
    when = "2026-K3" if kind == "quarterly" else period
    return Order(kind=kind, place=place, period=when, made=MADE)


@cache
def demo_report(asked: Order, suffix: str) -> Report:
    """The report of the demo data as it is, made once for all tests that only read it."""
    return report_of(asked, suffix)
