"""The collaboration's year as a list: no figure is called for."""

from charts.markup.templating import rendered
from swedish.periods import month_name
from views.year_wheel import Wheel


def wheel_html(wheel: Wheel, *, whose: bool) -> str:
    """The months in order with their items, and what every month has; `whose` names the forums."""
    months = [
        (month_name(month).capitalize(), items, "this-month" if first else "")
        for first, (month, items) in zip([True, False, False, False], wheel.months, strict=True)
    ]
    if wheel.every_month:
        months.append(("Varje månad", wheel.every_month, ""))
    return rendered("wheel", months=months, whose=whose)
