"""What the county's forum may say of a briefing, from what the briefing raises; to be edited.

The forum stands behind and recommends; it does not take decisions for its members.
"""

import reference
from reports.content import discharges, funds, funnel, liability
from reports.content.basis import View
from reports.content.summary import Looked, listed, looked_through
from swedish import typography
from swedish.phrases import in_period
from views import summary


def position(chosen: View, quarter: View | None) -> tuple[str, ...]:
    """A sentence for each matter raised; that there is none is also said."""
    known = discharges.known()
    raised = [
        *_longer(looked_through(chosen), chosen),
        *(_liable(chosen) if known else []),
        *_deviating(quarter),
        *_unspent(chosen),
        *(_missing(chosen) if known else []),
    ]
    stands = f"{_forum()} ställer sig bakom lägesbilden för {chosen.place_name}, {chosen.when}."
    if raised:
        return stands, *raised
    return stands, _nothing_raised(looked_through(chosen), chosen)


def _nothing_raised(looked: Looked, chosen: View) -> str:
    judged = looked.count - len(looked.unjudged)
    if not judged:
        return (
            f"{_forum()} noterar att inget mått ännu kan bedömas för {chosen.when}: det finns för "
            "få värden."
        )
    which = "det mått" if judged == 1 else f"de {judged} mått"
    return (
        f"{_forum()} noterar att inget av {which} som kan bedömas har försämrats mer än slumpen "
        "ger, och rekommenderar parterna att fortsätta på inslagen väg."
    )


def _forum() -> str:
    return reference.county().forum


def _longer(looked: Looked, chosen: View) -> list[str]:
    if not looked.worse:
        return []
    here = any(one.period == chosen.period for one in looked.worse)
    when = f" {in_period(chosen.period)}" if here else ""
    return [
        f"{_forum()} rekommenderar parterna att gå igenom vad försämringen{when} beror på och "
        f"återkomma med åtgärder: {listed(looked.worse, chosen)}."
    ]


def _liable(chosen: View) -> list[str]:
    names = liability.names(chosen)
    if not names:
        return []
    who = typography.enumerate_words(names) if len(names) <= 5 else f"de {len(names)} kommunerna"
    return [
        f"{_forum()} rekommenderar {who} och regionen att gå igenom de vårdtider som "
        f"ger betalningsansvar {in_period(chosen.period)}."
    ]


def _deviating(quarter: View | None) -> list[str]:
    names = funnel.names(quarter) if quarter else []
    if not names:
        return []
    who = typography.enumerate_words(names) if len(names) <= 5 else f"de {len(names)} kommunerna"
    when = in_period(quarter.period) if quarter else ""
    return [
        f"{_forum()} rekommenderar parterna i {who} att gå igenom hur avvikelser i samverkan "
        f"rapporteras: antalet {when} ligger utanför slumpens gränser."
    ]


def _unspent(chosen: View) -> list[str]:
    left = [
        f"{amount} av det rekvirerade i {view.programme} {view.year}"
        for view in funds.views(chosen)
        if (amount := funds.left(view)) is not None and amount.kronor > 0
    ]
    if not left:
        return []
    return [
        f"{_forum()} rekommenderar mottagarna att redovisa hur de medel som inte är använda ska "
        f"användas: {typography.enumerate_words(left)}."
    ]


def _missing(chosen: View) -> list[str]:
    missing = summary.not_reported(**chosen.where)
    if missing.empty:
        return []
    return [
        f"{_forum()} rekommenderar de kommuner vars rapporter för {chosen.when} saknas eller är "
        "ofullständiga att komplettera dem."
    ]
