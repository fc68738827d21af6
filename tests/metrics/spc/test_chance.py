"""Among many series, chance alone is not told, and what has happened is."""

import math
import random
from collections.abc import Callable

from scipy import stats

from metrics.catalogue import indicator
from metrics.spc.chance import BY_CHANCE, _normal, chance
from metrics.spc.control import Series, control_chart
from metrics.statistics.many import discoveries
from swedish.periods import periods_between
from tests.effort import examples

MONTHS = periods_between("2023-01", "2026-12")
ABOUT = indicator("mean_days")
PLACES = 49


def signal(values: list[float]) -> float:
    """The chance of the last value's signal, 1 where it is none."""
    nothing = [math.nan] * len(values)
    series = Series(periods=MONTHS[: len(values)], values=values, tops=nothing, bottoms=nothing)
    return chance(series, control_chart(ABOUT, series))


def month(draw: Callable[[], float]) -> dict[int, float]:
    """The signals among so many places where nothing has happened."""
    found = {at: signal([draw() for _ in range(24)]) for at in range(PLACES)}
    return {at: likely for at, likely in found.items() if likely < 1}


def test_noise_gave_a_signal_in_most_months_and_gives_one_in_few() -> None:
    """Before, in more than half of the months; with the rate held at 10 %, in one of ten."""
    source = random.Random(20261126)
    months = examples(30)
    signals = [month(lambda: source.gammavariate(16, 0.7 / 16)) for _ in range(months)]
    before = sum(bool(found) for found in signals) / months
    after = sum(bool(discoveries(found, among=PLACES)) for found in signals) / months
    assert before > 0.5
    assert after <= 0.2
    rate = sum(map(len, signals)) / months / PLACES
    assert abs(rate - BY_CHANCE) < 0.012


def test_skew_noise_as_of_few_stays_gives_a_signal_in_few_months_too() -> None:
    """Eight stays, of which three in ten wait: by distance alone, in 9 of these 30 months."""
    source = random.Random(2)

    def few() -> float:
        waits = (int(source.expovariate(0.5)) + 1 for _ in range(8) if source.random() < 0.3)
        return sum(waits) / 8

    months = examples(30)
    assert sum(bool(discoveries(month(few), among=PLACES)) for _ in range(months)) <= 0.1 * months


def test_counts_that_vary_more_than_poisson_give_a_signal_in_few_months_too() -> None:
    """Negative binomial ones of mean 8 and variance 21: by Poisson alone, in 8 of these 12."""
    source = random.Random(20261127)
    about = indicator("deviations")

    def likely() -> float:
        counts = [_poisson(source, source.gammavariate(5, 8 / 5)) for _ in range(24)]
        series = Series(
            periods=MONTHS[:24], values=counts, tops=counts, bottoms=[math.nan] * len(counts)
        )
        return chance(series, control_chart(about, series))

    months = examples(12)
    found = [{at: likely() for at in range(PLACES)} for _ in range(months)]
    told = [
        discoveries({at: one for at, one in signals.items() if one < 1}, among=PLACES)
        for signals in found
    ]
    assert sum(map(bool, told)) <= 0.2 * months


def _poisson(source: random.Random, mean: float) -> float:
    """A count of that mean: how many waits fit into it."""
    count, waited = -1, 0.0
    while waited < mean:
        waited += source.expovariate(1)
        count += 1
    return float(count)


def test_months_that_follow_on_each_other_give_a_signal_in_few_months_too() -> None:
    """Each takes seven tenths of the one before: by steps alone, in every one of these."""
    source = random.Random(20261127)

    def series() -> list[float]:
        values = [source.gauss(0, 1)]
        while len(values) < 36:
            values.append(0.7 * values[-1] + source.gauss(0, math.sqrt(0.51)))
        return [0.7 + 0.12 * value for value in values]

    assert _months_told(series, examples(8)) <= 0.3


def test_what_every_summer_has_is_no_news() -> None:
    """A third more in summer than in spring and autumn: with no year to hold it against, in half
    of the months."""
    source = random.Random(20261127)

    def series() -> list[float]:
        return [0.7 + 0.2 * math.sin(math.pi * at / 6) + source.gauss(0, 0.1) for at in range(40)]

    assert _months_told(series, examples(6)) <= 0.2


def _months_told(series: Callable[[], list[float]], months: int) -> float:
    """In what share of the months one of so many places is told of."""
    told = 0
    for _ in range(months):
        found = {at: signal(series()) for at in range(PLACES)}
        told += bool(discoveries({at: p for at, p in found.items() if p < 1}, among=PLACES))
    return told / months


def test_a_shift_is_found_at_once_among_all() -> None:
    """As Borås: about 0.5 days, and then about 1.3."""
    source = random.Random(7)
    for _ in range(10):
        shifted = [source.gauss(0.5, 0.1) for _ in range(26)] + [source.gauss(1.3, 0.1)]
        found = month(lambda: source.gauss(0.7, 0.1)) | {PLACES: signal(shifted)}
        assert PLACES in discoveries(found, among=PLACES + 1)


def test_far_values_are_as_rare_as_student_says() -> None:
    for far in (1.5, 3.0, 5.0):
        for freedom in (4.0, 9.0, 20.0):
            said = 2 * stats.norm.sf(_normal(far, freedom))
            assert math.isclose(said, 2 * stats.t.sf(far, freedom), rel_tol=0.08)
