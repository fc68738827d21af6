"""What the panel says of a number is what the origin holds."""

from dataclasses import replace
from datetime import datetime

from metrics.catalogue import indicator
from metrics.values import Value
from views.origin.lines import LISTED_RANGES, lines
from views.origin.numbers import Origin, Source
from warehouse.loads import Load

LOAD = Load(
    load_id=3,
    dataset="discharges",
    export="utskrivningsklara",
    file="juli.xlsx",
    sha256="ab",
    bytes=10,
    loaded_at=datetime(2019, 8, 5, 9, 30),
    loaded_by="lgs",
    rows=98,
    first_period="2019-07",
    last_period="2019-07",
    forced=False,
    demo=False,
    archived=True,
    withdrawn_at=None,
    withdrawn_by=None,
    withdrawn_reason=None,
)
VALUE = Value(
    indicator="mean_days",
    period="2019-07",
    level="municipality",
    place="1440",
    name="Ale",
    numerator=13.0,
    denominator=15.0,
    value=13 / 15,
    status="ok",
    reported=1,
    expected=1,
)
ORIGIN = Origin(
    value=VALUE,
    indicator=indicator("mean_days"),
    sources=(Source(load=LOAD, cells={"Juli 2019": ("B7", "B8", "C7")}, stays=None),),
    replaced=(),
    missing=(),
)


def test_the_number_its_parts_and_its_cells_are_said() -> None:
    said = lines(ORIGIN)
    assert said[0] == (
        "Genomsnittlig vårdtid som utskrivningsklar, Ale, juli 2019: 0,87 dagar (13 genom 15)."
    )
    assert said[2] == (
        "juli.xlsx (inläsning 3), blad Juli 2019, celler B7:B8 och C7, "
        "läst in 2019-08-05 09:30 av lgs."
    )
    assert len(said) == 3


def test_stays_are_counted_not_pointed_at() -> None:
    counted = replace(ORIGIN, sources=(Source(load=LOAD, cells={}, stays=1, singles=True),))
    assert "1 rad om vårdtillfällen i länet som räknades vid inläsningen" in lines(counted)[2]


def test_what_was_replaced_and_what_is_missing_is_said() -> None:
    said = lines(replace(ORIGIN, replaced=(LOAD,), missing=("Öckerö", "Ale")))
    assert said[3] == "Gäller i stället för uppgifter i juli.xlsx (inläsning 3)."
    assert said[4] == "Delar saknas eller visas inte: Ale och Öckerö."


def test_scattered_cells_are_counted() -> None:
    cells = tuple(f"B{row}" for row in range(1, 4 * LISTED_RANGES, 2))
    said = lines(replace(ORIGIN, sources=(Source(load=LOAD, cells={"Data": cells}, stays=None),)))
    assert f"blad Data, {len(cells)} celler" in said[2]


def test_a_hidden_number_is_not_told() -> None:
    hidden = replace(VALUE, value=None, numerator=None, denominator=None, status="confidential")
    assert lines(replace(ORIGIN, value=hidden))[0].endswith(
        "juli 2019: visas inte, för få personer eller ärenden."
    )
