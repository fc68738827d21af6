"""An indicator from Kolada beside the rest of the country: the middle half, and similar places."""

from dataclasses import dataclass

import pandas as pd

import reference
from metrics.catalogue import Indicator, indicator
from metrics.datasets.country import spread as of_country
from metrics.datasets.country.spread import LEAST_SIMILAR, Spread
from metrics.disclosure.scope import protected
from metrics.values import values
from reference.similar import similar
from swedish import typography
from swedish.periods import period_name
from swedish.phrases import quantity

COLUMNS = (
    "name", "value", "value_status", "similar", "similar_lower", "similar_upper", "similar_count",
)  # fmt: skip


@dataclass(frozen=True)
class Country:
    """The country's municipalities in a year, in words, and each of the county's beside similar.

    `rows` has COLUMNS, in the order of names: the municipality's own value, and the median,
    quartiles and number of those that Kolada calls similar (NaN and 0 where it names none, or
    fewer than LEAST_SIMILAR have a value).
    """

    indicator: Indicator
    period: str
    spread: Spread
    rows: pd.DataFrame
    finding: str
    note: str


def spread_of(chosen: Indicator, period: str) -> Spread | None:
    """The spread of the country's municipalities; None where it is not known or not to be said.

    So it is of what counts persons or cases: the middle of a few places is some place's own value.
    """
    return None if protected(chosen) else of_country.spread(chosen.key, period)


def beside(key: str, *, period: str) -> Country | None:
    """The country beside an indicator in a year; None where nothing is to be said of it."""
    chosen = indicator(key)
    spread = spread_of(chosen, period)
    if spread is None:
        return None
    shown = {
        one.place: one
        for one in values(indicator=key, level="municipality", start=period, end=period)
    }
    rows = [
        (
            home.name,
            shown[home.code].value if home.code in shown else None,
            shown[home.code].status if home.code in shown else "missing",
            *_similar(key, period, home.code),
        )
        for home in sorted(
            reference.municipalities(), key=lambda home: typography.sort_key(home.name)
        )
    ]
    own = [one.value for one in shown.values() if one.value is not None]
    titles = sorted({_theme(one.title) for one in similar().values()})
    said = f" Liknande kommuner är Koladas: {typography.enumerate_words(titles)}."
    return Country(
        indicator=chosen,
        period=period,
        spread=spread,
        rows=pd.DataFrame(rows, columns=list(COLUMNS)),
        finding=_finding(chosen, period, spread, own),
        note=f"Varje kommun räknas en gång, stor som liten. Källa: {chosen.source}."
        + (said if titles else ""),
    )


def newest(key: str) -> tuple[str, Spread] | None:
    """The last year that is known of the country for an indicator, and its spread then."""
    chosen = indicator(key)
    periods = sorted({one.period for one in values(indicator=key)}, reverse=True)
    spreads = ((period, spread_of(chosen, period)) for period in periods)
    return next(((period, spread) for period, spread in spreads if spread is not None), None)


def told(chosen: Indicator, period: str, spread: Spread) -> str:
    """`Rikets 290 kommuner, 2025: median 12,3 dagar; hälften ligger mellan 10,1 och 14,2.`"""
    middle = quantity(spread.median, chosen.unit, chosen.decimals)
    low, high = (typography.number(at, chosen.decimals) for at in (spread.lower, spread.upper))
    return (
        f"{spread.count} av rikets kommuner, {period_name(period)}: median {middle}; hälften "
        f"ligger mellan {low} och {high}."
    )


def _finding(chosen: Indicator, period: str, spread: Spread, own: list[float]) -> str:
    above = sum(round(value, chosen.decimals) > round(spread.median, chosen.decimals)
                for value in own)  # fmt: skip
    many = f"{above} av {len(own)} kommuner i länet ligger över rikets median." if own else ""
    return f"{told(chosen, period, spread)} {many}".strip()


def _similar(
    key: str, period: str, code: str
) -> tuple[float | None, float | None, float | None, int]:
    group = similar().get(code)
    codes = group.codes if group else ()
    theirs = of_country.spread(key, period, among=codes, least=LEAST_SIMILAR)
    return (
        (theirs.median, theirs.lower, theirs.upper, theirs.count)
        if theirs
        else (None, None, None, 0)
    )


def _theme(title: str) -> str:
    """What a group is called, without the municipality that it is of and its year."""
    return title.rsplit(", ", 2)[0]
