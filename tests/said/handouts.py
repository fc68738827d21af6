"""Sentences of hand-outs: titles, the points of a summary, and what the forum may say."""

import re

from metrics.catalogue import indicators
from tests.said import words
from tests.said.deviations import funnel
from tests.said.facts import written
from tests.said.judge import Judge, says
from tests.said.series import is_told, is_word, verdict

_TITLES = {
    "mean_days": ("väntar", "längre än vanligt", "kortare än vanligt", "allt längre",
                  "allt kortare", "som vanligt"),
    "deviations": ("registrerar", "fler avvikelser än vanligt", "färre avvikelser än vanligt",
                   "allt fler avvikelser", "allt färre avvikelser", "avvikelser som vanligt"),
    "deviations_answered_share": (
        "besvarar", "en större andel i tid än vanligt", "en mindre andel i tid än vanligt",
        "en allt större andel i tid", "en allt mindre andel i tid",
        "en lika stor andel i tid som vanligt",
    ),
}  # fmt: skip
_DOES = "|".join(re.escape(one) for _, *ends in _TITLES.values() for one in ends)


@says(rf"<place> (?P<verb>väntar|registrerar|besvarar) (?P<does>{_DOES})(?: sedan "
      r"<since:period>)?: <q>(?: i)? <period>\.")  # fmt: skip
def title(judge: Judge, match: re.Match[str]) -> None:
    """`Södra Älvsborg väntar längre än vanligt sedan februari 2026: 0,97 dagar i april 2026.`"""
    judge.set_place(match["place"])
    judge.about.key = next(key for key, one in _TITLES.items() if match["verb"] == one[0])
    judge.about.period = words.period(match["period"])
    judge.same(match["q"], judge.row().value)
    _, high, low, rising, falling, usual = _TITLES[judge.about.key]
    found = verdict(judge)
    judge.is_so(not found.preliminary, found)
    said = {"": usual, "stiger": rising, "sjunker": falling}.get(
        found.cause, high if found.value > found.mean else low
    )
    judge.is_so(match["does"] == said, found)
    if match["since"]:
        since = words.period(match["since"])
        reads = judge.facts.reads(judge.about.key, judge.about.place, judge.about.period)
        run = [one for one in reads if one.period >= since]
        up = {one.cause.endswith("över") or one.cause == "stiger" for one in run}
        judge.is_so(all(one.cause for one in run) and len(up) == 1, run)
        judge.is_so(run[0].period == since, run)


@says(r"<place>: <q> (?P<what>i genomsnitt|avvikelser|besvarade i tid)(?: i)? <period>\.")
def plain_title(judge: Judge, match: re.Match[str]) -> None:
    """The value alone, where the chart has no settled limits."""
    judge.set_place(match["place"])
    judge.about.period = words.period(match["period"])
    judge.about.key = {
        "i genomsnitt": "mean_days",
        "avvikelser": "deviations",
        "besvarade i tid": "deviations_answered_share",
    }[match["what"]]
    judge.same(match["q"], judge.row().value)
    found = judge.facts.verdict(judge.about.key, judge.about.place, judge.about.period)
    judge.is_so(found is None or found.unread or found.preliminary, found)


@says(r"(?P<who>[^.:]+?) har längst genomsnittlig väntan(?: av (?:de )?<n> (?:kommuner|områden|"
      r"kommun|område) (?:som visas|med fullständiga uppgifter))?: <q>\.")  # fmt: skip
def longest(judge: Judge, match: re.Match[str]) -> None:
    """Those that are first of the municipalities, or of the areas."""
    judge.about.key = "mean_days"
    judge.about.level = "area" if judge.about.place == "lan" else "municipality"
    rows = judge.ranked()
    top = max(rows.values())
    judge.same(match["q"], top)
    first = [at for at, value in rows.items() if written(value, 2) == written(top, 2)]
    named = words.names(match["who"])
    judge.is_so(sorted(named) == sorted(first) if named else str(len(first)) in match["who"], first)
    judge.is_so(words.count(match["n"] or str(len(judge.among()))) == len(rows), rows)


@says(r"Betalningsansvar: (?P<who>[^.]+)\.",
      r"<n> kommuner har betalningsansvar\.")  # fmt: skip
def liable_title(judge: Judge, match: re.Match[str]) -> None:
    """Those that are liable."""
    judge.about.key, told = "mean_days", match.groupdict()
    found = judge.liable(judge.municipalities(judge.about.place))
    if told.get("n"):
        judge.is_so(words.count(told["n"]) == len(found), found)
    else:
        judge.is_so(sorted(words.names(told["who"])) == sorted(found), found)


@says(r"Läget <when>: <q> i genomsnitt som utskrivningsklar\.")
def state(judge: Judge, match: re.Match[str]) -> None:
    """The mean of the month."""
    judge.about.key, judge.about.period = "mean_days", words.period(match["when"])
    judge.same(match["q"], judge.row().value)


@says(r"Det vanliga är <low:number>(?:–| till )<high:number>\.")
def usual(judge: Judge, match: re.Match[str]) -> None:
    """The limits of the chart."""
    found = verdict(judge)
    judge.same(match["low"], max(found.lower, 0.0))
    judge.same(match["high"], found.upper)


@says(r"<q> skrevs ut samma dag\.")
def same_day(judge: Judge, match: re.Match[str]) -> None:
    """The share that was discharged the same day."""
    judge.same(match["q"], judge.row(key="same_day_share").value, indicators()["same_day_share"])


def _listed(judge: Judge, text: str) -> dict[str, tuple[str, str]]:
    """The indicators of a list, each with its period and its number where one is told."""
    found = {}
    for group in text.split("; "):
        shape = words.pattern(r"<measure>(?: \(<q>\))?")
        when = re.search(r" (?:i|under) ([^()]+)$| \(([^()]+)\)$", group)
        period = judge.about.period
        if when and words.periods(when[1] or when[2] or ""):
            period = words.period(words.periods(when[1] or when[2])[0])
            group = group[: when.start()]
        for one in shape.finditer(group):
            found[words.measures()[one["measure"]]] = (period, one["q"] or "")
    return found


@says(r"(?P<word>Försämring|Förbättring|Ovanligt högt eller lågt)(?: utöver slumpen)?: "
      r"(?P<told>[^.]+)\.")  # fmt: skip
def changed(judge: Judge, match: re.Match[str]) -> None:
    """Each has such a signal, and all that have one of the last periods are told."""
    month = judge.about.period
    told = _listed(judge, match["told"])
    judge.is_so(told, "nothing is named")
    for key, (period, said) in told.items():
        judge.about.key, judge.about.period = key, period
        judge.is_so(period == judge.facts.last(judge.indicator, month), period)
        found = verdict(judge)
        is_told(judge)
        judge.same(said, found.value)
        if match["word"].startswith("Ovanligt"):
            judge.is_so(found.cause and judge.indicator.direction == "neutral", found)
        else:
            is_word(judge, match["word"], found)
    judge.about.period = month


def tally(judge: Judge, month: str) -> dict[str, list[str]]:
    """The indicators that areas have, by what the chart says of the last value of the place."""
    found: dict[str, list[str]] = {"signal": [], "steady": [], "unjudged": [], "either": []}
    for key, one in indicators().items():
        if "area" not in one.levels or not any(at == key for at, *_ in judge.facts.of):
            continue
        period = judge.facts.last(one, month)
        if judge.row(period=period, key=key).value is None:
            continue
        read = judge.facts.verdict(key, judge.about.place, period)
        at, told = (key, judge.about.place), judge.told()
        kind = "signal" if at in told.sure else "either" if at in told.told else "steady"
        kind = "unjudged" if read is None or read.unread else kind
        found[kind].append(key)
    return found


@says(r"<n> mått är genomgån(?:gna|get); (?:(?P<none>inget|<steady:n>) har ingen säker förändring"
      r"(?:; <rest:n> kan inte bedömas)?|(?P<no>inget av dem kan|det kan inte) bedömas\.?)\.?"
      )  # fmt: skip
def looked_through(judge: Judge, match: re.Match[str]) -> None:
    """How many were looked through, how many are steady (a signal that may be chance among all is
    no sure change), and how many cannot be judged."""
    found = tally(judge, judge.about.period)
    judge.is_so(words.count(match["n"]) == sum(map(len, found.values())), found)
    if match["no"]:
        judge.is_so(not found["signal"] and not found["steady"], found)
        return
    steady = words.count(match["steady"] or "0") - len(found["steady"])
    judge.is_so(0 <= steady <= len(found["either"]), found)
    judge.is_so(words.count(match["rest"] or "0") == len(found["unjudged"]), found)


@says(r"(?P<what>Ingen säker förändring|Kan inte bedömas): (?P<told>[^.]+)\.")
def by_name(judge: Judge, match: re.Match[str]) -> None:
    """Which they are."""
    kind = "steady" if match["what"].startswith("Ingen") else "unjudged"
    found = tally(judge, judge.about.period)
    most = {*found[kind], *(found["either"] if kind == "steady" else ())}
    judge.is_so({*found[kind]} <= {*_listed(judge, match["told"])} <= most, found)


@says(r"\w+ noterar att inget av (?:de <n> mått|det mått) som kan bedömas har försämrats mer än "
      r"slumpen ger, och rekommenderar parterna att fortsätta på inslagen väg\.")  # fmt: skip
def none_worse(judge: Judge, match: re.Match[str]) -> None:
    """No indicator that can be judged has a signal for the worse."""
    found = tally(judge, judge.about.period)
    judge.is_so(
        words.count(match["n"] or "1") == sum(map(len, found.values())) - len(found["unjudged"]),
        found,
    )
    month = judge.about.period
    for key in found["signal"]:
        judge.about.key = key
        judge.about.period = judge.facts.last(judge.indicator, month)
        read = verdict(judge)
        high = read.cause.endswith("över") or read.cause == "stiger"
        way = judge.indicator.direction
        judge.is_so(way == "neutral" or high == (way == "higher"), read)


@says(r"\w+ rekommenderar parterna att gå igenom vad försämringen(?: <when>)? beror på och "
      r"återkomma med åtgärder: (?P<told>[^.]+)\.")  # fmt: skip
def to_look_into(judge: Judge, match: re.Match[str]) -> None:
    """Each that is named has a signal for the worse."""
    month = judge.about.period
    for key, (period, _) in _listed(judge, match["told"]).items():
        judge.about.key, judge.about.period = key, period
        is_word(judge, "Försämring", verdict(judge))
        is_told(judge)
    judge.about.period = month


@says(r"Något tal för <period> är skyddat för (?P<who>[^.]+)\.")
def some_hidden(judge: Judge, match: re.Match[str]) -> None:
    """The municipalities of which any number of the month is hidden."""
    keys = [key for key, one in indicators().items() if one.dataset == "discharges"]
    period = words.period(match["period"])
    found = [
        code
        for code in judge.municipalities(judge.about.place)
        if any(judge.row(code, period, key).status == "confidential" for key in keys)
    ]
    named = words.names(match["who"])
    said = {f"{len(found)} kommuner", f"{len(found)} kommun"}
    judge.is_so(sorted(named) == sorted(found) if named else match["who"] in said, found)


@says(r"\w+ rekommenderar (?P<who>[^.]+?) och regionen att gå igenom de vårdtider som ger "
      r"betalningsansvar <when>\.")  # fmt: skip
def to_pay(judge: Judge, match: re.Match[str]) -> None:
    """Those that are liable."""
    judge.about.key, judge.about.period = "mean_days", words.period(match["when"])
    found, named = judge.liable(judge.municipalities(judge.about.place)), words.names(match["who"])
    judge.is_so(
        sorted(named) == sorted(found) if named else match["who"] == f"de {len(found)} kommunerna",
        found,
    )


@says(r"\w+ rekommenderar parterna i (?P<who>[^.]+?) att gå igenom hur avvikelser i samverkan "
      r"rapporteras: antalet <when> ligger utanför slumpens gränser\.")  # fmt: skip
def to_report(judge: Judge, match: re.Match[str]) -> None:
    """The place's own outside the limits."""
    judge.about.period = words.period(match["when"])
    where = funnel(judge)[0]
    own = [
        code
        for code in judge.municipalities(judge.about.place)
        if where.get(code, "inside") != "inside"
    ]
    named = words.names(match["who"])
    judge.is_so(
        sorted(named) == sorted(own) if named else match["who"] == f"de {len(own)} kommunerna", own
    )
