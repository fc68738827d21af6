"""Which period an indicator stands with beside a month."""

import datetime
from pathlib import Path

import pytest

import pipeline
from settings import settings
from views import highlights, scoreboard


@pytest.mark.parametrize(
    ("known", "month", "expected"),
    [
        (["2026-01", "2026-02"], "2026-02", "2026-02"),
        (["2026-01"], "2026-02", "2026-02"),
        (["2025-K3", "2025-K4", "2026-K1"], "2026-02", "2025-K4"),
        (["2025-K3", "2025-K4", "2026-K1"], "2026-03", "2026-K1"),
        (["2024", "2025", "2026"], "2026-11", "2025"),
        (["2025-K4"], "2025-11", None),
        ([], "2026-02", None),
    ],
)
def test_the_last_period_that_had_ended(known: list[str], month: str, expected: str | None) -> None:
    assert scoreboard.last_period(known, month=month) == expected


def test_the_county_comes_first_and_then_the_areas_in_their_order() -> None:
    assert scoreboard.places() == [
        "lan",
        "goteborg",
        "simba",
        "samla",
        "sodra-alvsborg",
        "fyrbodal",
        "skaraborg",
    ]


def test_what_is_said_of_a_place_needs_no_more_than_its_own_trends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    path = tmp_path / "export.csv"
    rows = [
        f"2025-{month:02d};{name};60;{400 if month == 12 else 30 + 9 * (month % 4)}"
        for month in range(1, 13)
        for name in ("Lerum", "Alingsås", "Borås", "Mark")
    ]
    path.write_text(
        "\n".join(["Månad;Kommun;Antal utskrivna;Antal dagar", *rows]) + "\n", encoding="utf-8"
    )
    with pipeline.checked(path) as file:
        pipeline.publish(file)
    for place in ("lan", "samla"):
        asked = {"place": place, "period": "2025-12", "part": "alla"}
        told = [
            highlights.highlights(
                board,
                about=scoreboard.leading(),
                **asked,
                today=datetime.date(2026, 1, 5),
                settings=settings(),
            )
            for board in (
                scoreboard.board(period="2025-12"),
                scoreboard.board(period="2025-12", place=place),
            )
        ]
        assert told[0] == told[1]
        assert told[0]
