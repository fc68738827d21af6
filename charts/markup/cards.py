"""Indicators of a period as cards: value, change and what the control chart says."""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial

from charts.markup import cells
from charts.markup.sparks import common_scale, spark_html
from charts.markup.templating import rendered
from metrics.spc.xmr import POINT_READINGS, PointType, Reading
from swedish import typography
from swedish.periods import period_name, previous_period
from swedish.phrases import unit_sign
from views.cards import Card
from views.trend import Trend

_NOT_KNOWN_IN_WORDS = {"missing": "Uppgift saknas", "confidential": "Skyddad uppgift"}


def cards_html(trends: Iterable[Trend]) -> str:
    """A card for each indicator, in as many columns as there is room for."""
    return rendered("cards", trends=trends, card=card_html)


def area_cards_html(
    trends: Mapping[str, Trend], *, chosen: str, told: Container[str], lead: Callable[[str], str]
) -> str:
    """A card for each area, by key, with its small chart; all charts have the same scale.

    That of `chosen` is set apart. Of the areas that are not `told` a signal may be chance. `lead`
    gives the address that an area leads to.
    """
    return rendered(
        "areas",
        areas=[
            {
                "trend": one,
                "address": lead(key),
                "is_chosen": key == chosen,
                "is_told": key in told,
            }
            for key, one in trends.items()
        ],
        card=card_html,
        spark=partial(spark_html, scale=common_scale(trends.values())),
    )


def plain_cards_html(cards: Iterable[Card]) -> str:
    """A card for each card, in as many columns as there is room for."""
    return rendered("plain_cards", cards=cards)


def card_html(trend: Trend, *, is_told: bool = True) -> str:
    """What a card says below its title: the period's value, its change and its readings."""
    judged = trend.judged
    readings = [point_html(judged.point_type, is_told=is_told)] if judged else []
    if trend.assurance:
        readings.append(reading_html(trend.assurance_reading, trend.assurance))
    is_known = trend.value is not None
    about = trend.indicator
    return rendered(
        "card",
        value=cells.number(trend.value, trend.status, about.decimals) if is_known else "",
        unit=unit_sign(about.unit)
        if is_known
        else _NOT_KNOWN_IN_WORDS.get(trend.status, "Inget värde"),
        change=_change(trend),
        readings=readings,
    )


def reading_html(reading: Reading, kind: str, *, is_told: bool = True) -> str:
    """Icon and word; `kind` colours them. The icon is decoration: the word says it.

    What is not told is in parentheses: a signal by itself that may be chance among many.
    """
    return rendered("reading", reading=reading, kind=kind, is_told=is_told)


def point_html(point_type: PointType, *, is_told: bool = True) -> str:
    """The reading of a point; chance is never in parentheses."""
    sure = is_told or point_type == "common_cause"
    return reading_html(POINT_READINGS[point_type], point_type, is_told=sure)


def _change(trend: Trend) -> str:
    since = period_name(previous_period(trend.period))
    if trend.indicator.grain == "month":
        since = since.split()[0]
    decimals = trend.indicator.decimals
    if trend.change is None:
        return f"Kan inte jämföras med {since}"
    size = typography.number(abs(trend.change), decimals)
    if size == typography.number(0, decimals):
        return f"Oförändrat sedan {since}"
    sign = "+" if trend.change > 0 else "−"
    unit = " procentenheter" if trend.indicator.share else ""
    return f"{sign}{size}{unit} sedan {since}"
