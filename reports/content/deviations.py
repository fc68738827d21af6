"""What reports say of the deviations in a quarter: numbers, processes, ways, municipalities."""

from charts.columns import Column, indicator_columns
from charts.funnel import position_word
from charts.markup import cells as signs
from metrics import values
from reference import Event
from reports.content import figures
from reports.content.basis import View
from reports.model import Block, Cell, Facts, Head, Table, Text
from swedish.periods import period_name, period_short, previous_period
from views import trend
from views.deviations import page
from views.deviations.sentences import CAUTION
from views.deviations.tables import DATASET
from views.events import break_sentence, breaks, compares_across
from views.trend import level_of

KEYS = ("deviations", "deviations_per_10000", "deviations_answered_share")


def numbers(chosen: View) -> tuple[Block, ...]:
    """The quarter as cards and in words."""
    now = page.quarter(place=chosen.place, quarter=chosen.period)
    return Facts(now.facts), Text(now.finding), Text(now.answers)


def processes(chosen: View) -> tuple[Block, ...]:
    """How many by process, beside the quarter and the year before."""
    shown = page.processes(place=chosen.place, quarter=chosen.period)
    told = [Text(shown.finding)] if shown.finding else []
    if shown.counts.empty:
        return (*told, Text("Uppgift om processer saknas."))
    title = f"Registrerade avvikelser per process, {chosen.place_name}"
    chart = figures.process_chart(shown, quarter=chosen.period, title=title)
    warned = [Text(break_sentence(event)) for event in _crossed(chosen)]
    return (*told, *warned, chart)


def ways(chosen: View) -> tuple[Block, ...]:
    """From whom to whom."""
    shown = page.ways(place=chosen.place, quarter=chosen.period)
    title = f"Från vem till vem, {chosen.place_name}, {chosen.when}"
    listed = figures.ways_list(shown, title=title) if not shown.empty else None
    return Text(shown.finding), *([listed] if listed and listed.rows else [])


def answered(chosen: View) -> tuple[Block, ...]:
    """The share that was answered in time, quarter by quarter."""
    shown = trend.trend("deviations_answered_share", **chosen.where)
    if shown.points.empty:
        return (Text("Uppgift om svar saknas."),)
    return Text(shown.finding), figures.series_chart(shown)


def funnel(chosen: View) -> tuple[Block, ...]:
    """The municipalities per inhabitant, with what chance allows."""
    shown = page.funnel(place=chosen.place, quarter=chosen.period)
    if shown.points.empty:
        return (Text(shown.finding),)
    title = f"Registrerade per 10 000 invånare, {chosen.when}"
    return Text(shown.finding), figures.funnel_chart(shown, title=title), Text(shown.key)


def changes(chosen: View) -> tuple[Block, ...]:
    """Each measure beside what it was the quarter and the year before."""
    before = previous_period(chosen.period)
    year_ago = f"{int(chosen.period[:4]) - 1}{chosen.period[4:]}"
    heads = [Head("Mått")] + [
        Head(period_name(period).capitalize(), 1) for period in (chosen.period, before, year_ago)
    ]
    rows = []
    for about in page.measures():
        found = {
            one.period: one
            for one in values.values(
                indicator=about.key, level=level_of(chosen.place), place=chosen.place
            )
        }
        cells = []
        for period in (chosen.period, before, year_ago):
            one = found.get(period)
            value = one.value if one else None
            status = one.status if one else "missing"
            cells.append(Cell(signs.number(value, status, about.decimals), value))
        rows.append((Cell(f"{about.name} ({about.unit})"), *cells))
    title = f"Jämfört med kvartalet före och året före, {chosen.place_name}"
    told = [Text(break_sentence(event)) for event in _crossed(chosen)]
    if told:
        told.append(Text("Perioder på olika sidor om ett seriebrott kan inte jämföras."))
    return *told, Table(title, "Förändring", tuple(heads), tuple(rows), note=signs.SIGNS)


def caution() -> Text:
    """What the numbers do not say."""
    return Text(CAUTION)


def tables(chosen: View, *, wide: bool = False) -> tuple[Table, ...]:
    """The quarter's numbers as tables; `wide` ones too, that only a workbook has room for."""
    where = {"place": chosen.place, "quarter": chosen.period}
    when = f"{chosen.place_name}, {chosen.when}"
    by_process = page.processes(**where)
    funnel = page.funnel(**where)
    found = [
        figures.table(
            page.table(**where),
            indicator_columns(page.measures()),
            title=f"Alla tal, {when}",
            name="Alla tal",
        )
    ]
    if not by_process.counts.empty:
        periods = [
            Column(period, period_short(period), 0) for period in reversed(by_process.quarters)
        ]
        found.append(
            figures.table(
                by_process.table,
                [Column("process", "Process"), *periods],
                title=f"Registrerade per process, {chosen.place_name}",
                name="Processer",
            )
        )
    ways = page.ways(**where)
    if wide and not ways.empty:
        found.append(figures.ways_table(ways, title=f"Från vem till vem, {when}"))
    if not funnel.points.empty:
        found.append(
            figures.table(
                funnel.points,
                [
                    Column("name", "Kommun"),
                    Column("count", "Registrerade", 0),
                    Column("inhabitants", f"Invånare {funnel.year}", 0),
                    Column("rate", "Per 10 000", 2),
                    Column("position", "Läge", show=position_word),
                ],
                title=f"Registrerade per 10 000 invånare, {chosen.when}",
                name="Per invånare",
            )
        )
    return tuple(found)


def _crossed(chosen: View) -> list[Event]:
    """The breaks between the quarter and the year before it."""
    year_ago = f"{int(chosen.period[:4]) - 1}{chosen.period[4:]}"
    return [
        event
        for event in breaks(DATASET, place=chosen.place)
        if compares_across(event, year_ago, chosen.period)
    ]
