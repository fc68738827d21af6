"""What reports say of a quarter's deviations per inhabitant: who is outside what chance gives."""

import pandas as pd

import reference
from charts.words import position_word
from reports.content import basis, figures
from reports.content.basis import View
from reports.content.deviations import KEYS, LABEL
from reports.model import Part, Text
from swedish import typography
from swedish.phrases import in_period, joined
from views.deviations import page
from views.deviations.funnel import FunnelView


def parts(chosen: View) -> tuple[Part, ...]:
    """The municipalities per inhabitant, with what chance allows."""
    shown = page.funnel(place=chosen.place, quarter=chosen.period)
    own = shown.points[shown.points["highlight"]]
    if own.empty:
        return ()
    told = finding(chosen)
    title = f"Registrerade avvikelser per 10 000 invånare, {chosen.when}"
    chart = figures.funnel_chart(shown, title=title, alt=f"{title}: tratdiagram. {told}")
    return (
        Part(
            _beyond(own) or told.split(". ")[0].rstrip("."),
            (Text(told), Text(shown.key), chart),
            label=f"{LABEL}: kommunerna per invånare",
            say=(told,),
            source=basis.source(KEYS[:2], chosen.when),
        ),
    )


def finding(chosen: View) -> str:
    """Which of the place's own municipalities are outside the limits of chance, and which way."""
    shown = page.funnel(place=chosen.place, quarter=chosen.period)
    own = shown.points[shown.points["highlight"]]
    when = in_period(chosen.period)
    if own.empty:
        return f"Ingen kommun i {chosen.place_name} har något känt antal {when}."
    beyond = own[own["position"] != "inside"]
    hidden = _of_place(chosen) - len(own)
    whose = typography.plural(hidden, "kommun", "kommuner")
    untold = f"{whose} i {chosen.place_name} kan inte visas." if hidden else ""
    if beyond.empty:
        who = f"Ingen av de {len(own)} kommuner som visas avviker"
        if len(own) == 1:
            who = f"{own['name'].iloc[0]} avviker inte"
        lead = f"{who} mer än slumpen ger {when}."
        return joined(lead, shown.level, untold)
    told = [
        f"{name} ({position_word(position).lower()}, {typography.number(rate, 2)})"
        for name, position, rate in zip(
            beyond["name"], beyond["position"], beyond["rate"], strict=True
        )
    ]
    who = typography.enumerate_words(told)
    return joined(f"Utanför slumpens gränser {when}: {who}.", shown.level, untold)


def names(chosen: View) -> list[str]:
    """The place's municipalities outside the limits, by name."""
    shown: FunnelView = page.funnel(place=chosen.place, quarter=chosen.period)
    beyond = shown.points[shown.points["highlight"] & (shown.points["position"] != "inside")]
    return sorted(beyond["name"], key=typography.sort_key)


def _beyond(own: pd.DataFrame) -> str:
    """`Mölndal registrerar fler avvikelser per invånare än slumpen ger, och Göteborg färre`; empty
    where none is outside."""
    sides: list[tuple[str, str]] = []
    for word, side in (("fler", "above"), ("färre", "below")):
        those = own.loc[own["position"].str.startswith(side), "name"]
        if len(those):
            listed = typography.enumerate_words(sorted(those, key=typography.sort_key))
            sides.append((listed if len(those) <= 3 else f"{len(those)} kommuner", word))
    if not sides:
        return ""
    (who, word), *others = sides
    told = f"{who} registrerar {word} avvikelser per invånare än slumpen ger"
    return told + "".join(f", och {who} {word}" for who, word in others)


def _of_place(chosen: View) -> int:
    return sum(chosen.place in (reference.COUNTY, one.area) for one in reference.municipalities())
