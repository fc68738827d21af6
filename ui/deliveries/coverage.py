"""What has been delivered and what is missing, period by period and area by area."""

import datetime

import pandas as pd
import streamlit as st

import reference
from charts.columns import TableColumn
from charts.lines import lines_chart
from charts.rows import CoverageRow, rows_of
from metrics import values
from metrics.datasets import datasets
from settings import settings
from swedish import typography
from swedish.periods import MONTHS, period_name
from ui import layout
from views import coverage
from views.agreed import quality
from views.coverage import DeliveryState


def section() -> None:
    """Show a table of periods by areas for the chosen delivery and year."""
    titles = _titles()
    with st.container(horizontal=True):
        delivery = st.selectbox(
            "Uppgifter", list(titles), format_func=lambda key: titles[key], key="gaps", width=320
        )
        whole = coverage.coverage(delivery, today=datetime.date.today(), settings=settings())
        years = sorted({period[:4] for period in whole["period"]}, reverse=True)
        year = st.selectbox("År", years, key="gaps-year", width=120)
    if not whole["state"].isin([DeliveryState.DELIVERED, DeliveryState.PARTIAL]).any():
        layout.finding("Ingenting har lästs in ännu.")
        return
    shown = whole[whole["period"].str.startswith(year)]
    layout.finding(_finding(shown))
    areas = [TableColumn("period", "Period")] + [
        TableColumn(area.key, area.name)
        for area in sorted(reference.areas(), key=lambda area: area.sort)
    ]
    rows: dict[str, dict[str, str]] = {}
    for cell in rows_of(shown, CoverageRow):
        row = rows.setdefault(cell.period, {"period": period_name(cell.period)})
        row[cell.place] = _words(cell.state, cell.reported, cell.expected)
    layout.table(pd.DataFrame(list(rows.values())), areas, caption=f"{titles[delivery]}, {year}")
    chosen = settings()
    layout.caption(
        "✓ Alla kommuner har rapporterat · ◐ så många av kommunerna har rapporterat, "
        "eller en del av perioden · ✗ Försenad: skulle ha kommit · ✗ Saknas: en senare period "
        "skulle också ha kommit · "
        f"○ Väntas. En månad ska ha kommit den {chosen.due_day_month} i månaden efter, ett kvartal "
        f"den {chosen.due_day_quarter} och ett år den {_day_of_year(chosen.due_day_year)} därpå."
    )


_SHARES = {
    "delivered": "Levererat",
    "on_time": "I tid",
    "whole": "Hela perioder",
    "corrected": "Ändrat efteråt",
}


def quality_section() -> None:
    """Show how deliveries have kept to what is agreed: over time, and place by place."""
    titles = _titles()
    delivery = st.selectbox(
        "Uppgifter", list(titles), format_func=lambda key: titles[key], key="quality", width=320
    )
    today = datetime.date.today()
    by_period, places = quality.quality(delivery, today=today, settings=settings())
    if by_period.empty:
        layout.finding(
            "Inget att mäta än: bara perioder som har förfallit efter en första leverans räknas."
        )
        return
    whole = places.iloc[0]
    layout.finding(
        f"{typography.number(whole['on_time'], 0)} % av det som skulle ha kommit kom i tid, och "
        f"{typography.number(whole['delivered'], 0)} % har kommit."
    )
    shares = [TableColumn(key, f"{head} (%)", 0) for key, head in _SHARES.items()]
    drawn = by_period.set_index("period")[list(_SHARES)].rename(columns=_SHARES)
    layout.figure(
        lines_chart(drawn, unit="%", decimals=0),
        key="quality-over-time",
        alt=f"Leveranskvalitet, {titles[delivery]}, period för period. "
        f"{typography.number(whole['on_time'], 0)} % kom i tid.",
        rows=by_period.assign(name=[period_name(one) for one in by_period["period"]]),
        columns=[TableColumn("name", "Period"), *shares],
        caption=f"Leveranskvalitet över tid, {titles[delivery]}",
    )
    for level, head in (("area", "Områdena"), ("municipality", "Kommunerna")):
        with st.expander(f"{head}: leveranskvalitet", key=f"quality-{level}"):
            layout.table(
                places[places["level"].isin([level, "county"])],
                [TableColumn("name", "Plats", lists=True), *shares],
                caption=f"Leveranskvalitet, {titles[delivery]}",
            )
    layout.caption(
        "Bara perioder som har förfallit sedan den första leveransen räknas. Hela perioder: alla "
        "områdets kommuner har kommit. Ändrat efteråt: rättat eller taget tillbaka, av det som "
        "kommit."
    )


def _day_of_year(day: str) -> str:
    month, of_month = map(int, day.split("-"))
    return f"{of_month} {MONTHS[month - 1]}"


def _titles() -> dict[str, str]:
    """What each delivery is called, those that something has come of first."""
    come = values.periods_by_indicator()
    by_key = coverage.deliveries()
    return {
        key: datasets()[by_key[key].dataset].name
        if key == by_key[key].dataset
        else by_key[key].short
        for key in sorted(by_key, key=lambda key: by_key[key].key not in come)
    }


def _finding(shown: pd.DataFrame) -> str:
    late = shown[shown["state"].isin([DeliveryState.LATE, DeliveryState.MISSING])]
    partial = shown[shown["state"] == DeliveryState.PARTIAL]
    if late.empty and partial.empty:
        return "Ingenting är försenat."
    parts = []
    if not late.empty:
        periods = late["period"].nunique()
        parts.append(f"Leveranser saknas för {typography.plural(periods, 'period', 'perioder')}")
    if not partial.empty:
        periods = partial["period"].nunique()
        parts.append(f"{typography.plural(periods, 'period', 'perioder')} är ofullständiga")
    text = typography.enumerate_words(parts)
    return f"{text[0].upper()}{text[1:]}."


def _words(state: DeliveryState, reported: int, expected: int) -> str:
    match state:
        case DeliveryState.DELIVERED:
            return "✓"
        case DeliveryState.PARTIAL:
            return f"◐ {reported} av {expected}" if reported else "◐ En del"
        case DeliveryState.LATE:
            return "✗ Försenad"
        case DeliveryState.MISSING:
            return "✗ Saknas"
        case DeliveryState.WAITING:
            return "○ Väntas"
