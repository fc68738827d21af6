"""What each indicator is, line by line in Swedish: for its card, and for the file of them all."""

from dataclasses import dataclass

from metrics.catalogue import Indicator, indicators, measured
from metrics.datasets import indicators as delivered
from metrics.disclosure.scope import not_shown, offered, protected, why_shown
from metrics.indicator import WHOLE
from metrics.loaded import spans
from metrics.spc.control import NOTES
from metrics.statistics import uncertainty
from settings.declared import Settings
from swedish import typography
from swedish.periods import GRAINS, period_name
from swedish.phrases import joined
from views.ranking import country
from views.sentences import RIPENS
from views.trend import target_text

_DIRECTIONS = {
    "lower": "Lägre värde är bättre.",
    "higher": "Högre värde är bättre.",
    "neutral": "Varken högre eller lägre är bättre i sig.",
}
_LEVELS = {
    "county": "län",
    "area": "vårdsamverkansområde",
    "municipality": "kommun",
    "hospital": "sjukhus",
    "recipient": "mottagare",
    "nosam": "NOSAM",
    "programme": "program",
}
_COMPARED = {
    "ratio": "Ett område är summan av kommunernas täljare delad med summan av deras nämnare, "
    "aldrig ett medel av medel.",
    "sum": "Ett område är summan av sina kommuner. Antal jämförs inte mellan kommuner av olika "
    "storlek.",
    "median": "Ett områdes median räknas på alla områdets ärenden och är inget medel av "
    "kommunernas.",
    "value": "Värdet är levererat som det är och läggs inte ihop: ett område har bara ett värde "
    "som har levererats.",
    "excess": "Räknas för varje kommun för sig. Ett område är summan av sina kommuner.",
}


@dataclass(frozen=True)
class Definition:
    """An indicator and its lines: a label and what it says, in the order to read them."""

    indicator: Indicator
    lines: tuple[tuple[str, str], ...]


def definitions(settings: Settings) -> list[Definition]:
    """The definition of every indicator, in the order of the catalogue."""
    return [definition(chosen, settings) for chosen in indicators().values()]


def definition(chosen: Indicator, settings: Settings) -> Definition:
    """The lines of one indicator; a line that would say nothing is left out."""
    lines = (
        ("Betyder", chosen.definition),
        ("Täljare", _numerator(chosen)),
        ("Nämnare", _denominator(chosen)),
        ("Enhet", chosen.unit),
        ("Riktning", _DIRECTIONS[chosen.direction]),
        (chosen.target_words.label, _target(chosen)),
        ("Redovisas per", f"{GRAINS[chosen.grain].capitalize()}; {_levels(chosen)}"),
        ("Uppgifter", _since(chosen)),
        ("I riket", _in_country(chosen)),
        ("Källa", chosen.source),
        ("Avrundning", _rounding(chosen)),
        ("Röjandekontroll", _disclosure(chosen, settings.disclosure_threshold)),
        ("Jämförelse", f"{_COMPARED[chosen.calculation]} {uncertainty.note(chosen)}"),
        ("Styrdiagram", NOTES[chosen.chart]),
        ("Mognad", RIPENS if chosen.ripens else ""),
        ("Tänk på", chosen.caveats),
    )
    return Definition(chosen, tuple((label, text) for label, text in lines if text))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _numerator(chosen: Indicator) -> str:
    counted = measured(chosen.numerator, chosen.dataset)
    if chosen.calculation == "excess":
        times = typography.number(chosen.threshold, 0 if chosen.threshold.is_integer() else 1)
        return f"{_sentence(counted)[:-1]} utöver {times} gånger nämnaren, dock minst 0."
    by = f", gånger {typography.number(chosen.per, 0)}" if chosen.per not in (1, 100) else ""
    return _sentence(f"{counted}{by}")


def _denominator(chosen: Indicator) -> str:
    if chosen.denominator is None:
        return "Ingen: måttet är en summa."
    return _sentence(measured(chosen.denominator, chosen.dataset))


def _target(chosen: Indicator) -> str:
    if chosen.target is None:
        return "Inget mål är satt."
    bound = {"lower": "högst", "higher": "minst", "neutral": ""}[chosen.direction]
    return f"{bound} {target_text(chosen)} {chosen.unit}".strip().capitalize() + "."


def _levels(chosen: Indicator) -> str:
    shown = [_LEVELS[one] for one in chosen.levels if offered(chosen, (one, "", "lan", WHOLE))]
    return f"{typography.enumerate_words(shown)}."


def _since(chosen: Indicator) -> str:
    if chosen.key not in spans():
        return "Inga uppgifter är inlästa."
    first, last = map(period_name, spans()[chosen.key])
    return f"{first.capitalize()}." if first == last else f"{first.capitalize()} till {last}."


def _in_country(chosen: Indicator) -> str:
    spread = country.newest(chosen.key) if chosen.dataset == delivered.KEY else None
    return country.told(chosen, *spread) if spread else ""


def _rounding(chosen: Indicator) -> str:
    shown = {0: "Hela tal", 1: "En decimal", 2: "Två decimaler"}
    how = shown.get(chosen.decimals, f"{chosen.decimals} decimaler")
    return f"{how}, halva avrundas uppåt. Beräkningar görs på oavrundade värden."


def _disclosure(chosen: Indicator, threshold: int) -> str:
    if not protected(chosen):
        return f"Inget döljs: {why_shown(chosen)}."
    if threshold < 2:
        return "Inga små antal döljs."
    return joined(
        f"Antal från 1 till {threshold - 1} döljs, och det som skulle röja dem. 0 visas. En andel "
        "eller ett medel döljs när dess täljare eller nämnare gör det.",
        not_shown(chosen),
    )
