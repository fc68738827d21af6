"""The control charts in the cube are those that the values give, and follow what changes."""

import math
from collections import Counter
from pathlib import Path

import pytest

import pipeline
from metrics.catalogue import indicators
from metrics.spc import readings
from metrics.spc.control import Series, control_chart
from metrics.spc.judging import latest_point_type
from metrics.values import by_place, values
from warehouse import store

MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar;Utskrivna samma dag"


def export(last: int = 400) -> str:
    lines = [HEAD]
    for at, month in enumerate(MONTHS):
        days = last if at == len(MONTHS) - 1 else 60 + 7 * (at % 5)
        lines += [f"{month};Lerum;100;{days};50", f"{month};Alingsås;90;{50 + at};40"]
        # So few that some are hidden.
        lines.append(f"{month};Bollebygd;{2 + at % 9};3;1")
    return "\n".join(lines) + "\n"


def load(folder: Path, text: str, name: str = "export.csv") -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        pipeline.publish(file)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    load(tmp_path, export())
    return tmp_path


def stored() -> dict[tuple[str, str, str, str], list[tuple[str, float, str, str]]]:
    with store.reading() as connection:
        assert connection is not None
        rows = connection.execute(
            """
            select indicator, level, place, part, period, upper, point_type, chart
            from reading
            order by all
            """
        ).fetchall()
    found: dict[tuple[str, str, str, str], list[tuple[str, float, str, str]]] = {}
    for indicator, level, place, form, *reading in rows:
        found.setdefault((indicator, level, place, form), []).append(tuple(reading))
    return found


def test_every_shown_series_of_two_has_the_reading_that_its_values_give() -> None:
    found = stored()
    expected = set()
    hidden = Counter(
        (key, one.level, one.place)
        for key in indicators()
        for one in values(indicator=key)
        if one.status == "confidential"
    )
    for key, about in indicators().items():
        series: dict[tuple[str, str], list[tuple[str, float, float, float]]] = {}
        for one in values(indicator=key):
            if one.value is not None and one.status == "ok":
                nothing = math.nan
                top = nothing if one.numerator is None else one.numerator
                bottom = nothing if one.denominator is None else one.denominator
                series.setdefault((one.level, one.place), []).append(
                    (one.period, one.value, top, bottom)
                )
        for (level, place), points in series.items():
            if len(points) < 2:
                continue
            expected.add((key, level, place, "alla"))
            whole = Series(
                periods=[period for period, *_ in points],
                values=[value for _, value, _, _ in points],
                tops=[top for _, _, top, _ in points],
                bottoms=[bottom for *_, bottom in points],
                hidden=hidden[key, level, place],
            )
            chart = control_chart(about, whole)
            got = found[key, level, place, "alla"]
            assert [period for period, *_ in got] == [period for period, *_ in points]
            assert [kind for *_, kind, _ in got] == list(chart.point_type)
            limits = [math.nan if upper is None else upper for _, upper, *_ in got]
            assert limits == pytest.approx(list(chart.upper), nan_ok=True)
    assert expected
    assert {series for series in found if series[3] == "alla"} == expected


def test_a_hidden_value_has_no_reading() -> None:
    hidden = {
        (one.place, one.period)
        for one in values(indicator="discharges", level="municipality")
        if one.status == "confidential"
    }
    assert hidden
    for (key, _, place, _), points in stored().items():
        if key == "discharges":
            assert not hidden & {(place, period) for period, *_ in points}


def test_the_last_readings_are_those_of_the_pages() -> None:
    found = readings.last_point_types(
        indicator="mean_days", level="municipality", period=MONTHS[-1]
    )
    assert found["1441"] == "special_cause_concern"
    rows = by_place(indicator="mean_days", level="municipality", part="alla", end=MONTHS[-1])
    for place, series in rows.items():
        if place in found:
            assert found[place] == latest_point_type(
                indicators()["mean_days"], period=MONTHS[-1], observed=series
            )


def test_a_changed_series_is_read_anew_and_others_stay(folder: Path) -> None:
    before = stored()
    load(folder, export(last=60), "ny.csv")
    after = stored()
    key = ("mean_days", "municipality", "1441", "alla")
    assert before[key] != after[key]
    assert after[key][-1][2] == "common_cause"
    other = ("mean_days", "municipality", "1489", "alla")
    assert before[other] == after[other]
