"""Plain facts as cards, and the collaboration's year as a list: no figure is called for."""

from collections.abc import Iterable

from charts.markup.templating import rendered
from swedish.periods import month_name
from views.cards import Fact
from views.year_wheel import Wheel


def facts_html(facts: Iterable[Fact]) -> str:
    """A card for each fact, in as many columns as there is room for."""
    return rendered("facts", facts=facts)


def wheel_html(wheel: Wheel, *, whose: bool) -> str:
    """The months in order with their items, and what every month has; `whose` names the forums."""
    months = [
        (month_name(month).capitalize(), items, "this-month" if first else "")
        for first, (month, items) in zip([True, False, False, False], wheel.months, strict=True)
    ]
    if wheel.every_month:
        months.append(("Varje månad", wheel.every_month, ""))
    return rendered("wheel", months=months, whose=whose)
