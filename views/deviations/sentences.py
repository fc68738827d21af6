"""Swedish sentences about registered deviations, true of the numbers they are made from.

More cases are never called worse, nor fewer better: the numbers show reporting habits as much as
quality. No two quarters are compared across a break in the series without saying so. None and NaN
are missing values, never zero.
"""

from collections.abc import Iterable, Sequence

from metrics.breaks import compares_across
from metrics.statistics.funnel import PER, Funnel, FunnelPoint, Position
from reference import Event
from swedish import typography
from swedish.periods import period_name, period_short, previous_period
from swedish.phrases import in_period, joined, known, quantity
from views.events import break_sentence

CAUTION = (
    "Antalet visar hur man rapporterar lika mycket som hur det fungerar. Fler registrerade "
    "avvikelser är därför varken bättre eller sämre: mörkertalet är stort och vanan att "
    "rapportera skiljer mellan verksamheter."
)
FUNNEL_KEY = (
    "Linjerna är exakta Poissongränser, 95 % och 99,8 %, kring kommunernas gemensamma nivå. "
    "Den som ligger innanför kan inte skiljas från nivån. Av en slump väntas högst en kommun av "
    "tjugo hamna utanför 95 %-gränsen."
)
TOO_FEW = "skyddad uppgift"
HIDDEN = "är skyddat, för att enskilda inte ska kunna pekas ut."
HIDDEN_ANSWERS = f"Hur många som har besvarats {HIDDEN}"
AREA_WAYS_KEY = "Sjukhusen står under sina kortnamn. .. skyddad uppgift."
COUNTY_WAYS_KEY = f"Ett områdes namn står för dess kommuner. {AREA_WAYS_KEY}"
WAYS_PROTECTED = "Tabellen är skyddad: antalen är för små för att visas."
_MOST_SHOWN = "Av det som visas går flest"
_OUTSIDE: dict[Position, str] = {
    "above_998": "Över 99,8 %-gränsen",
    "above_95": "Över 95 %-gränsen",
    "below_95": "Under 95 %-gränsen",
    "below_998": "Under 99,8 %-gränsen",
}


def registered(
    *,
    place_name: str,
    quarter: str,
    count: float | None,
    previous: float | None,
    breaks: Iterable[Event] = (),
    hidden: bool = False,
) -> str:
    """How many were registered in the quarter, and in the one before.

    Whether what is not known is `hidden`, or else missing.
    `breaks` are those of the place; one between the two quarters is said to be there.
    """
    when = in_period(quarter)
    if not known(count) and hidden:
        return f"{place_name}: hur många som registrerades {when} {HIDDEN}"
    if not known(count):
        return f"{place_name}: uppgift om registrerade avvikelser {when} saknas."
    finding = f"{place_name}: {_deviations(count)} registrerades {when}."
    if not known(previous):
        return finding
    before = previous_period(quarter)
    told = f"Kvartalet före, {period_name(before)}: {typography.number(previous, 0)}."
    crossed = [event for event in breaks if compares_across(event, before, quarter)]
    if not crossed:
        return joined(finding, told)
    return joined(
        finding, told, "De två kvartalen kan inte jämföras.", *map(break_sentence, crossed)
    )


def answered(*, count: float | None, due: float | None) -> str:
    """How many of those whose two months have passed were answered within them."""
    if not known(count) or not known(due):
        return "Uppgift om svar saknas."
    if due == 0:
        return "Två månader har inte gått för något av ärendena."
    if due == 1:
        return f"Det enda ärende som är äldre än två månader besvarades {_in_time(count)}."
    share = quantity(100 * count / due, "procent", 1)
    cases = f"{_of(count, due)} ärenden som är äldre än två månader"
    return f"{cases} besvarades inom två månader ({share})."


def still_open(count: float | None) -> str:
    """How many of the quarter's cases are open."""
    if not known(count):
        return ""
    cases = "Inget ärende" if count == 0 else typography.plural(int(count), "ärende", "ärenden")
    return f"{cases} är fortfarande {'öppna' if count > 1 else 'öppet'}."


def time_to_answer(days: float | None) -> str:
    """The days until half of the cases are answered, those that wait counted too."""
    if not known(days):
        return ""
    text = quantity(days, "dagar", 1)
    return f"Mediantiden till svar är {text}, med ärenden som väntar medräknade."


def open_at_end(share: float | None, *, before: Sequence[tuple[str, float]]) -> str:
    """The share that was open on the quarter's last day, beside that of earlier quarters."""
    if not known(share):
        return ""
    told = f"När kvartalet slutade var {quantity(share, 'procent', 1)} öppna."
    return joined(told, at_same_age(before))


def at_same_age(before: Sequence[tuple[str, float]]) -> str:
    """`Vid samma ålder: kv 1 2026 61,0 procent.`: earlier quarters' shares; empty without any."""
    told = [f"{period_short(period)} {quantity(share, 'procent', 1)}" for period, share in before]
    return f"Vid samma ålder: {typography.enumerate_words(told)}." if told else ""


def largest(parts: Sequence[tuple[str, float | None]], *, of: float | None) -> str:
    """Which process has most cases, of how many; ties are named together.

    `parts` are processes and their counts; those not known are left out and said to be.
    """
    counts = [(name, count) for name, count in parts if known(count)]
    unknown = len(parts) - len(counts)
    hidden = f"{typography.plural(unknown, 'process', 'processer')} visas inte." if unknown else ""
    most = max((count for _, count in counts), default=0)
    if most == 0:
        return hidden
    names = sorted((name for name, count in counts if count == most), key=typography.sort_key)
    if len(names) > typography.MOST_NAMES:
        who = typography.plural(len(names), "process", "processer")
        return joined(f"{who} har flest, {typography.number(most, 0)} vardera.", hidden)
    each = " vardera" if len(names) > 1 else ""
    whole = f" av {typography.number(of, 0)}" if known(of) else ""
    among = "Flest ärenden" if not unknown else "Flest ärenden bland de kända"
    told = f"{typography.enumerate_words(names)}, {typography.number(most, 0)}{whole}{each}"
    return joined(f"{among}: {told}.", hidden)


def level(rate: float, *, of_county: bool) -> str:
    """What municipalities are held against: the county's rate, or that of those that are shown."""
    whose = "Hela länet" if of_county else "Tillsammans"
    return f"{whose}: {typography.number(rate, 2)} per {typography.number(PER, 0)} invånare."


def funnel_finding(
    drawn: Funnel, *, quarter: str, without: int = 0, of_county: bool = False
) -> str:
    """How many municipalities are inside the limits, and which are not.

    `without` is how many have no count to show; the rate is of those that have, or `of_county`.
    """
    count = len(drawn.points)
    if not count:
        return f"Ingen kommun har något känt antal för {period_name(quarter)}."
    inside = [point for point in drawn.points if point.position == "inside"]
    who = typography.plural(count, "kommun", "kommuner") + (" som visas" if without else "")
    lead = (
        f"{'Kommunen' if count == 1 else f'Alla {who}'} ligger innanför gränserna"
        if len(inside) == count
        else f"{len(inside)} av {who} ligger innanför gränserna"
    )
    return joined(
        f"{lead} {in_period(quarter)}.",
        level(drawn.rate, of_county=of_county),
        *(_outside(drawn.points, position) for position in _OUTSIDE),
        f"{typography.plural(without, 'kommun', 'kommuner')} visas inte." if without else "",
    )


def matrix_finding(pairs: Sequence[tuple[str, str, float | None]]) -> str:
    """From whom to whom most cases go; `pairs` are from, to and count."""
    counts = [(start, end, count) for start, end, count in pairs if known(count) and count]
    most = max((count for _, _, count in counts), default=0)
    ways = [f"från {start} till {end}" for start, end, count in counts if count == most]
    if not ways and any(not known(count) for _, _, count in pairs):
        # Sums that are hidden to protect their parts may be large.
        return "Antalen är skyddade, för att enskilda inte ska kunna pekas ut."
    if not ways:
        return "Det finns inga ärenden med känd avsändare och mottagare."
    cases = typography.plural(int(most), "ärende", "ärenden")
    if len(ways) > typography.MOST_NAMES:
        return f"Flest, {cases} vardera, går {len(ways)} olika vägar."
    each = " vardera" if len(ways) > 1 else ""
    # What is hidden for the sake of another number may be larger.
    most_go = "Flest går" if all(known(count) for _, _, count in pairs) else _MOST_SHOWN
    return f"{most_go} {typography.enumerate_words(ways)}: {cases}{each}."


def covered(areas: Sequence[str], *, of: int, partial: bool) -> str:
    """What a quarter's figures cover, where that is not everything."""
    if 0 < len(areas) < of:
        covers = f"uppgifterna omfattar bara {typography.enumerate_words(areas)}."
        return f"Kvartalet är ofullständigt: {covers}"
    return "Kvartalet är preliminärt: uppgifterna täcker bara en del av det." if partial else ""


def _deviations(count: float) -> str:
    return (
        "inga avvikelser"
        if count == 0
        else typography.plural(int(count), "avvikelse", "avvikelser")
    )


def _in_time(count: float) -> str:
    return "inom två månader" if count else "inte inom två månader"


def _of(count: float, due: float) -> str:
    whole = typography.number(due, 0)
    if count == due:
        return f"Alla {whole}"
    return f"{'Inget' if count == 0 else typography.number(count, 0)} av de {whole}"


def _outside(points: Sequence[FunnelPoint], position: Position) -> str:
    names = sorted(
        (point.name for point in points if point.position == position), key=typography.sort_key
    )
    return f"{_OUTSIDE[position]}: {typography.enumerate_words(names)}." if names else ""
