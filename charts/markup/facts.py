"""Plain facts as cards, and the collaboration's year as a list: no figure is called for."""

from collections.abc import Iterable
from html import escape

from reference import WheelItem
from swedish.periods import month_name
from views.cards import Fact
from views.year_wheel import Wheel


def facts_html(facts: Iterable[Fact]) -> str:
    """A card for each fact, in as many columns as there is room for."""
    cards = "".join(
        f'<li class="card"><p class="title">{escape(fact.title)}</p><p class="value">'
        f'{escape(fact.value)} <span class="unit">{escape(fact.unit)}</span></p>'
        f'<p class="change">{escape(fact.note)}</p></li>'
        for fact in facts
    )
    return f'<ul class="cards">{cards}</ul>'


def wheel_html(wheel: Wheel, *, whose: bool) -> str:
    """The months in order with their items, and what every month has; `whose` names the forums."""
    months = [
        (month_name(month).capitalize(), items, "this-month" if first else "")
        for first, (month, items) in zip([True, False, False, False], wheel.months, strict=True)
    ]
    if wheel.every_month:
        months.append(("Varje månad", wheel.every_month, ""))
    entries = "".join(
        f'<div class="{kind}"><dt>{escape(name)}</dt>{_items(items, whose)}</div>'
        for name, items, kind in months
    )
    return f'<dl class="wheel">{entries}</dl>'


def _items(items: tuple[WheelItem, ...], whose: bool) -> str:
    if not items:
        return '<dd class="nothing">Inget fast i årshjulet.</dd>'
    return "".join(f"<dd>{escape(item.text)}{_whose(item) if whose else ''}</dd>" for item in items)


def _whose(item: WheelItem) -> str:
    return f' <span class="forum">{escape(", ".join(item.forums))}</span>'
