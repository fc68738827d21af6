"""Which period an indicator stands with beside a month."""

import pytest

from views import scoreboard


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
