"""A comparison of municipalities, on values made by hand in place of the warehouse's."""

import math
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import reference
from metrics import values
from metrics.catalogue import indicator
from views import compare

# Part and whole in one month; Öckerö's are confidential, and the others have not reported.
SHARES = {"1480": (70, 100), "1481": (9, 12), "1402": (7, 10), "1407": None}
Stored = Callable[[], None]


def stored_value(
    level: str, place: str, parts: tuple[int, int] | None, per: float, *, reported: int = 1
) -> values.Value:
    whole = parts is not None
    return values.Value(
        indicator="same_day_share",
        period="2026-02",
        level=level,
        place=place,
        name=reference.place_name(level, place),
        numerator=parts[0] if parts else None,
        denominator=parts[1] if parts else None,
        value=per * parts[0] / parts[1] if parts else None,
        status="ok" if whole else "confidential",
        reported=reported,
        expected=5 if level == "area" else 49 if level == "county" else 1,
    )


@pytest.fixture(autouse=True)
def stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """The values of SHARES, with the area's and the county's sums, for every indicator."""
    total = (86, 122)
    rows = [stored_value("county", "lan", total, 100, reported=4)]
    rows.append(stored_value("area", "goteborg", total, 100, reported=4))
    rows += [stored_value("municipality", code, parts, 100) for code, parts in SHARES.items()]

    def found(*, level: str | None = None, place: str | None = None, **_: object) -> list[object]:
        return [row for row in rows if level in (None, row.level) and place in (None, row.place)]

    monkeypatch.setattr(values, "values", found)


def across(area: str = "goteborg", against: str = "lan") -> compare.Across:
    return compare.across("same_day_share", area=area, against=against, period="2026-02")


def test_every_municipality_has_a_row_and_its_tile() -> None:
    rows = across().rows
    assert len(rows) == 49
    tiles = {home.code: (home.tile_col, home.tile_row) for home in reference.municipalities()}
    shown = zip(rows["place"], rows["tile_col"], rows["tile_row"], strict=True)
    assert {place: (col, row) for place, col, row in shown} == tiles


def test_highest_comes_first_and_those_without_a_value_last() -> None:
    rows = across().rows
    assert list(rows["name"][:3]) == ["Mölndal", "Göteborg", "Partille"]
    assert rows["value"][3:].isna().all()
    assert dict(zip(rows["place"], rows["status"], strict=True))["1407"] == "confidential"


def test_a_share_has_the_interval_of_its_counts() -> None:
    first = across().rows.iloc[0]
    expected = stats.binomtest(9, 12).proportion_ci(method="wilson")
    assert (first["low"], first["high"]) == pytest.approx((100 * expected.low, 100 * expected.high))


def test_a_hidden_value_has_no_interval_and_no_shade() -> None:
    hidden = across().rows.set_index("place").loc["1407"]
    assert pd.isna(hidden["low"])
    assert hidden["shade"] == 0


def test_values_that_read_the_same_share_a_shade() -> None:
    shades = dict(zip(across().rows["name"], across().rows["shade"], strict=True))
    assert shades["Göteborg"] == shades["Partille"] == 1
    assert shades["Mölndal"] == 4


@given(st.lists(st.one_of(st.just(math.nan), st.floats(0, 1e6)), max_size=60))
def test_a_higher_value_never_has_a_lighter_shade(numbers: list[float]) -> None:
    shades = compare.shades(pd.Series(numbers, dtype=float), indicator("mean_days"))
    pairs = [(number, shade) for number, shade in zip(numbers, shades, strict=True)]
    known = sorted((number, shade) for number, shade in pairs if number == number)
    assert all(shade == 0 for number, shade in pairs if number != number)
    assert [shade for _, shade in known] == sorted(shade for _, shade in known)
    assert all(1 <= shade <= compare.SHADES for _, shade in known)


def test_lines_are_the_county_the_area_and_the_place_chosen() -> None:
    lines = across(against="1480").lines
    assert list(lines["text"]) == [
        "Göteborg 70,0",
        "Västra Götaland 70,5",
        "Göteborgsområdet 70,5",
    ]


def test_the_chosen_area_stands_out() -> None:
    rows = across().rows
    own = {home.code for home in reference.municipalities() if home.area == "goteborg"}
    assert set(rows.loc[rows["highlight"], "place"]) == own
    assert across(area="lan").rows["highlight"].all()


def test_the_areas_are_told_of_as_the_chart_shows_them() -> None:
    told = across().areas_finding.replace("\N{NO-BREAK SPACE}", " ")
    assert (
        told
        == "Endast Göteborgsområdet har ett värde i Västra Götaland i februari 2026: 70,5 procent."
    )


def test_sums_are_not_held_against_the_county() -> None:
    shown = compare.across("discharges", area="lan", against="lan", period="2026-02")
    assert shown.lines.empty


def test_a_place_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        reference.level_of("atlantis")


def test_the_text_says_that_rank_is_no_verdict() -> None:
    assert compare.VERDICT.startswith("Rangordning är inte ett omdöme.")
