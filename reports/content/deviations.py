"""What reports say of the deviations in a quarter: numbers, processes, ways, municipalities."""

import pandas as pd

import reference
from charts.columns import TableColumn, indicator_columns
from charts.markup import cells as signs
from charts.words import position_word
from metrics import values
from metrics.breaks import breaks, compares_across
from metrics.datasets.deviations import KEY, PAGE
from metrics.values import Value
from reference import Event
from reports.content import basis, figures, titles
from reports.content.basis import View
from reports.content.numbers import Asked
from reports.content.rests_on import Used
from reports.content.wording import remarks
from reports.model import Block, Cards, Head, Part, ReportCell, ReportTable, Text
from swedish import typography
from swedish.periods import period_name, period_short, previous_period
from swedish.phrases import known
from views import trend
from views.deviations import page
from views.deviations.sentences import CAUTION
from views.events import break_sentence
from views.trend import Trend
from warehouse.state import remembered

KEYS = ("deviations", "deviations_per_10000", "deviations_answered_share")
LABEL = "Avvikelser"
_SAME_AGE = (
    "Kvartalen jämförs vid samma ålder: andelen besvarade gäller ärenden som är äldre än två "
    "månader, andelen öppna hur det var den dag som kvartalet slutade, och i mediantiden räknas "
    "ärenden som väntar på svar med. Hur många som är öppna nu jämförs inte."
)


def registered(chosen: View) -> tuple[Part, ...]:
    """The quarter as cards and in words, and the registered cases quarter by quarter."""
    now = page.quarter(place=chosen.place, quarter=chosen.period)
    shown = page.course(place=chosen.place, quarter=chosen.period)
    return (
        Part(
            titles.of_trend(shown),
            (
                Cards(now.cards),
                Text(now.finding),
                *(Text(told) for told in (now.answered, now.waiting) if told),
                *remarks(chosen, PAGE.headline),
                caution(),
                *_over_time(shown),
            ),
            label=LABEL,
            say=(now.finding, now.answers, CAUTION),
            source=basis.source((KEYS[0], KEYS[2]), chosen.when),
        ),
    )


def _over_time(shown: Trend) -> tuple[Block, ...]:
    """The chart with its breaks, and what they are."""
    if not figures.has_course(shown):
        return ()
    chart = figures.series_chart(shown)
    happened = figures.told_events(chart)
    return *((Text(happened),) if happened else ()), chart


def processes(chosen: View) -> tuple[Part, ...]:
    """How many by process, beside the quarter and the year before."""
    shown = page.processes(place=chosen.place, quarter=chosen.period)
    if shown.counts.empty:
        return ()
    chart = figures.process_chart(
        shown,
        quarter=chosen.period,
        title=f"Registrerade avvikelser per process, {chosen.place_name}",
    )
    warned = [Text(break_sentence(event)) for event in _crossed(chosen)]
    told = [Text(shown.finding)] if shown.finding else []
    now = shown.counts[shown.counts["period"] == chosen.period]
    return (
        Part(
            _most(now),
            (*told, *warned, chart),
            label=f"{LABEL}: processer",
            say=(shown.finding,),
            source=basis.source(KEYS[:1], chosen.when),
        ),
    )


def _most(now: pd.DataFrame) -> str:
    """Which process has most cases of those that are shown."""
    shown = now[now["value"].notna()]
    most = shown["value"].max() if len(shown) else 0
    names = sorted(shown.loc[shown["value"] == most, "process"], key=typography.sort_key)
    if not most or len(names) > 3:
        return "Ingen process har flest ärenden" if len(shown) else "Ingen process kan visas"
    among = "" if len(shown) == len(now) else "Av de processer som visas har "
    who = typography.enumerate_words(names)
    each = " vardera" if len(names) > 1 else ""
    told = f"{who} flest ärenden: {typography.number(most, 0)}{each}"
    return f"{among}{told}" if among else told.replace(" flest ärenden", " har flest ärenden", 1)


def ways(chosen: View) -> tuple[Part, ...]:
    """From whom to whom; nothing where no way can be shown."""
    shown = page.ways(place=chosen.place, quarter=chosen.period)
    if shown.empty:
        return ()
    listed = figures.ways_list(
        shown, title=f"Från vem till vem, {chosen.place_name}, {chosen.when}"
    )
    if not listed.rows:
        return ()
    return (
        Part(
            shown.finding.rstrip("."),
            (listed,),
            label=f"{LABEL}: från vem till vem",
            say=(shown.finding,),
            source=basis.source(KEYS[:1], chosen.when),
        ),
    )


def answered(chosen: View) -> tuple[Part, ...]:
    """The share that was answered in time, quarter by quarter; nothing where no others are known,
    for the quarter's own stands among its numbers."""
    shown = trend.trend("deviations_answered_share", **chosen.where)
    if shown.value is None or not figures.has_course(shown):
        return ()
    return (
        Part(
            titles.of_trend(shown),
            (Text(shown.finding), *_over_time(shown)),
            label=f"{LABEL}: svar inom två månader",
            say=(shown.finding,),
            source=basis.source(KEYS[2:], chosen.when),
        ),
    )


def asked(chosen: View) -> Asked:
    """The numbers of the quarter, and the registered cases over time."""
    keys = tuple(one.key for one in page.measures())
    return Asked(chosen, keys, PAGE.headline, used(chosen).start)


def used(chosen: View) -> Used:
    """The quarters that are shown: from the first in the chart to the report's own."""
    steps = page.course(place=chosen.place, quarter=chosen.period).steps
    return Used(KEY, steps[0].period if steps else chosen.period, chosen.period)


def changes(chosen: View) -> tuple[Part, ...]:
    """Each measure beside what it was the quarter and the year before, at the same age.

    Nothing where neither is known.
    """
    before = previous_period(chosen.period)
    year_ago = f"{int(chosen.period[:4]) - 1}{chosen.period[4:]}"
    heads = [Head("Mått")] + [
        Head(period_name(period).capitalize(), 1) for period in (chosen.period, before, year_ago)
    ]
    rows = []
    for about in page.measures():
        if about.ripens:
            continue
        by_period = {
            one.period: one
            for one in values.values(
                indicator=about.key, level=reference.level_of(chosen.place), place=chosen.place
            )
        }
        cells = [
            _number(by_period.get(period), about.decimals)
            for period in (chosen.period, before, year_ago)
        ]
        named = about.name if about.unit in about.name else f"{about.name} ({about.unit})"
        rows.append((ReportCell(named), *cells))
    if all(cell.value is None for row in rows for cell in row[2:]):
        return ()
    title = f"Jämfört med kvartalet före och året före, {chosen.place_name}"
    told: list[Block] = [Text(break_sentence(event)) for event in _crossed(chosen)]
    if told:
        told.append(Text("Perioder på olika sidor om ett seriebrott kan inte jämföras."))
    told.append(Text(_SAME_AGE))
    count, earlier = rows[0][1:3]
    against = f"{earlier.text} kvartalet före" if known(earlier.value) else "jämfört med i fjol"
    told.append(ReportTable(title, "Förändring", tuple(heads), tuple(rows), note=signs.SIGNS))
    return (
        Part(
            f"{count.text} registrerade {chosen.when}, {against}",
            tuple(told),
            label=f"{LABEL}: förändring",
            say=(_SAME_AGE,),
            source=basis.source(KEYS, chosen.when),
        ),
    )


def _number(one: Value | None, decimals: int) -> ReportCell:
    value, status = (one.value, one.status) if one else (None, "missing")
    return ReportCell(signs.number(value, status, decimals), value)


def caution() -> Text:
    """What the numbers do not say."""
    return Text(CAUTION)


def tables(chosen: View, *, wide: bool = False) -> tuple[ReportTable, ...]:
    """The quarter's numbers as tables; `wide` ones too, that only a workbook has room for."""
    return tuple(table for table, is_wide in _tables(chosen) if wide or not is_wide)


# The annex and the workbook's sheets ask for the same.
@remembered(4)
def _tables(chosen: View) -> tuple[tuple[ReportTable, bool], ...]:
    """The tables, each with whether only a workbook has room for it."""
    where = {"place": chosen.place, "quarter": chosen.period}
    when = f"{chosen.place_name}, {chosen.when}"
    by_process = page.processes(**where)
    funnel = page.funnel(**where)
    everything = figures.table(
        page.table(**where),
        indicator_columns(page.measures()),
        title=f"Alla tal, {when}",
        name="Alla tal",
    )
    all_tables = [(everything, False)]
    own = funnel.points[funnel.points["highlight"]]
    if not own.empty:
        rates = figures.table(
            own,
            [
                TableColumn("name", "Kommun"),
                TableColumn("count", "Registrerade", 0),
                TableColumn("inhabitants", f"Invånare {funnel.year}", 0),
                TableColumn("rate", "Per 10 000", 2),
                TableColumn("position", "Läge", show=position_word),
            ],
            title=f"Registrerade per 10 000 invånare, {when}",
            name="Per invånare",
        )
        all_tables.append((rates, False))
    # A short table is not broken, so the last page has more than the last row of a long one.
    if not by_process.counts.empty:
        periods = [
            TableColumn(period, period_short(period), 0) for period in reversed(by_process.quarters)
        ]
        processes = figures.table(
            by_process.table,
            [TableColumn("process", "Process"), *periods],
            title=f"Registrerade per process, {chosen.place_name}",
            name="Processer",
        )
        all_tables.append((processes, False))
    ways = page.ways(**where)
    if ways.protected or not ways.empty:
        ways_table = figures.ways_table(ways, title=f"Från vem till vem, {when}")
        all_tables.append((ways_table, True))
    return tuple(all_tables)


def _crossed(chosen: View) -> list[Event]:
    """The breaks between the quarter and the year before it."""
    year_ago = f"{int(chosen.period[:4]) - 1}{chosen.period[4:]}"
    return [
        event
        for event in breaks(KEY, place=chosen.place)
        if compares_across(event, year_ago, chosen.period)
    ]
