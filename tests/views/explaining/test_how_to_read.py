"""The explanation is of the very chart: its numbers, its colours, and what is not in it."""

import math
from dataclasses import replace

from metrics.catalogue import indicator
from metrics.spc.xmr import xmr
from views.explaining.how_to_read import parts
from views.trend import Step, Trend

MONTHS = [f"2025-{month:02d}" for month in range(1, 14)][:12]


def trend(values: list[float]) -> Trend:
    chart = xmr(values, improvement="decrease")
    steps = []
    for at, (month, value) in enumerate(zip(MONTHS, values, strict=True)):
        point = chart.point(at)
        steps.append(
            Step(
                month,
                value=value,
                status="ok",
                mean=point.mean,
                lower=point.lower,
                upper=point.upper,
                point_type=point.point_type,
            )
        )
    return Trend(indicator("mean_days"), "Fyrbodal", MONTHS[-1], steps, chart)


def test_a_calm_chart_is_said_to_be_chance_with_its_own_numbers() -> None:
    told = " ".join(parts(trend([0.7, 0.8] * 6)))
    assert "Varje punkt är en månad i Fyrbodal." in told
    assert "Det grå bandet, 0,48 till 1,02," in told
    assert "medelvärdet, 0,75" in told
    assert "Den sista punkten, 0,80, är grå" in told
    assert "orange" not in told and "lucka" not in told


def test_a_signal_says_its_colour_and_its_cause() -> None:
    told = " ".join(parts(trend([*([0.7, 0.8] * 6)[:11], 4.25])))
    assert "Den sista punkten, 4,25, är orange. Försämring: värdet ligger över den övre" in told


def test_a_coloured_point_before_the_last_is_explained_too() -> None:
    told = " ".join(parts(trend([*([0.7, 0.8] * 5), 4.25, 0.9])))
    assert "Den sista punkten, 0,90, är grå" in told
    assert "Den senaste färgade punkten, 4,25 i november 2025, är orange. Försämring: " in told
    assert "färgade punkten" not in " ".join(parts(trend([*([0.7, 0.8] * 6)[:11], 4.25])))


def test_a_chart_without_a_band_says_why() -> None:
    few = trend([0.7, 0.8] * 6)
    steps = [replace(step, lower=math.nan, mean=math.nan, upper=math.nan) for step in few.steps]
    kinds = {"xmr": "för få punkter", "hidden": "är skyddade", "zeros": "är noll"}
    for kind, why in kinds.items():
        told = " ".join(parts(replace(few, steps=steps, chart=replace(few.chart, kind=kind))))
        assert why in told and "bandet," not in told


def test_gaps_and_incomplete_points_are_explained_where_there_are_any() -> None:
    shown = trend([0.7, 0.8] * 6)
    steps = list(shown.steps)
    steps[3] = replace(steps[3], value=None, status="confidential", point_type=None)
    steps[5] = replace(steps[5], status="partial")
    told = " ".join(parts(replace(shown, steps=steps)))
    assert "En lucka i linjen" in told and "En ihålig punkt" in told


def test_nothing_is_explained_where_there_is_no_chart() -> None:
    assert parts(replace(trend([0.7, 0.8] * 6), steps=[])) == ()
