"""Sentences about a place's own series: its value, its chart, its gaps and its extremes."""

import re

from metrics.catalogue import indicators
from tests.said import words
from tests.said.chance import among, board
from tests.said.facts import Read, Row, next_to, written
from tests.said.judge import Judge, says

_SIDE = r"(?P<side>lika med|strax under|strax över|under|över)"
_AIM = r"(?:målet|gränsen för betalningsansvar)"
_WORDS = {"Förbättring": True, "Försämring": False}


def _side(judge: Judge, match: re.Match[str], value: float) -> None:
    if not match["side"]:
        return
    target = judge.indicator.target
    judge.is_so(target is not None and words.value(match["target"]) == target, "another target")
    side = "under" if value < (target or 0) else "över" if value > (target or 0) else "lika med"
    judge.is_so(match["side"].split()[-1] == side.split()[-1], f"{value} against {target}")
    near = written(value, judge.indicator.decimals) == written(
        target or 0, judge.indicator.decimals
    )
    judge.is_so(
        match["side"].startswith("strax") == (near and value != target), f"{value} and {target}"
    )


@says(rf"(?:<named:measure>, )?<place>: <q> <when>(?:, {_SIDE} {_AIM} <target:number>)?\.")
def own_value(judge: Judge, match: re.Match[str]) -> None:
    """`Ale: 0,97 dagar i oktober 2026, under gränsen för betalningsansvar 3,0.`"""
    if match["named"]:
        judge.about.key = words.measures()[match["named"]]
    judge.set_place(match["place"])
    judge.about.period = words.period(match["when"])
    value = judge.row().value
    judge.same(match["q"], value)
    _side(judge, match, value or 0.0)


@says(rf"<measure>: <q>(?:, {_SIDE} {_AIM} <target:number>)?\.")
def brought_up(judge: Judge, match: re.Match[str]) -> None:
    """`Genomsnitt: 3,20 dagar, över gränsen för betalningsansvar 3,0.`, as of the last period."""
    judge.about.key = words.measures()[match["measure"]]
    judge.about.period = judge.facts.last(judge.indicator, judge.about.period)
    judge.about.many = True
    value = judge.row().value
    judge.same(match["q"], value)
    _side(judge, match, value or 0.0)


@says(r"(?:<named:measure>, )?<place>: inget värde för <period>\.",
      r"<place> har inget genomsnitt att visa <period:when>\.",
      r"<place>: inget värde att visa för <period>\.",
      r"<place> har inga uppgifter om [^.]+ för <period>\.")  # fmt: skip
def no_value(judge: Judge, match: re.Match[str]) -> None:
    """There is no number."""
    judge.set_place(match["place"])
    judge.about.period = words.period(match["period"])
    judge.is_so(judge.row().value is None, "there is a value")


@says(r"(?:<named:measure>, )?<place>: värdet för <period> är skyddat, för att enskilda inte ska "
      r"kunna pekas ut\.")  # fmt: skip
def hidden(judge: Judge, match: re.Match[str]) -> None:
    """The number is hidden."""
    judge.set_place(match["place"])
    judge.about.period = words.period(match["period"])
    judge.is_so(judge.row().status == "confidential", judge.row().status)


def verdict(judge: Judge) -> Read:
    """What the chart says of the value that the text is about."""
    found = judge.facts.verdict(judge.about.key, judge.about.place, judge.about.period)
    judge.is_so(found and not found.unread, f"the chart says nothing: {found}")
    assert found is not None
    return found


@says(r"Variationen är slumpmässig: värdet ligger inom gränserna "
      r"<low:number>(?:–| till )<high:number>\.")  # fmt: skip
def by_chance(judge: Judge, match: re.Match[str]) -> None:
    """No rule is broken, and the limits are these."""
    found = verdict(judge)
    judge.is_so(not found.cause, found)
    judge.same(match["low"], found.lower)
    judge.same(match["high"], found.upper)


def is_word(judge: Judge, word: str, found: Read) -> None:
    """`Förbättring`, `Försämring` or `Högre än väntat` is what the cause means."""
    high = found.cause.endswith("över") or found.cause == "stiger"
    judge.is_so(found.cause, "no rule is broken")
    if judge.indicator.direction == "neutral":
        judge.is_so(word == f"{'Högre' if high else 'Lägre'} än väntat", found)
        return
    better = high == (judge.indicator.direction == "higher")
    judge.is_so(_WORDS.get(word) is better, found)


def is_told(judge: Judge) -> None:
    """The signal is too strong to be chance among all that are looked through."""
    at = (judge.about.key, judge.about.place)
    judge.is_so(at in judge.told().told, f"{at} may be chance among so many")


_CAUSES = {
    r"värdet(?: <own:number>)? ligger över den övre gränsen <upper:number>": "utanför över",
    r"värdet(?: <own:number>)? ligger under den nedre gränsen <lower:number>": "utanför under",
    r"minst sju värden i rad stiger": "stiger",
    r"minst sju värden i rad sjunker": "sjunker",
    r"minst två av tre värden i rad ligger nära den övre gränsen <upper:number>": "nära över",
    r"minst två av tre värden i rad ligger nära den nedre gränsen <lower:number>": "nära under",
    r"minst sju värden i rad ligger över medelvärdet <mean:number>": "rad över",
    r"minst sju värden i rad ligger under medelvärdet <mean:number>": "rad under",
}


def _caused(cause: str) -> None:
    said = next(text for text, of in _CAUSES.items() if of == cause)

    @says(rf"(?P<word>Förbättring|Försämring|Högre än väntat|Lägre än väntat): {said}\.")
    def signal(judge: Judge, match: re.Match[str]) -> None:
        """The rule is broken, and the limit is so."""
        found = verdict(judge)
        is_word(judge, match["word"], found)
        judge.is_so(found.cause == cause, found)
        if judge.about.many:
            is_told(judge)
        told = match.groupdict()
        for name, value in (("own", found.value), ("upper", found.upper),
                            ("lower", found.lower), ("mean", found.mean)):  # fmt: skip
            if told.get(name):
                _, _, after = told[name].partition(",")
                judge.is_so(written(value, len(after)) == told[name], f"{name} is {value}")


for _one in _CAUSES.values():
    _caused(_one)


@says(r"Föregående värde, <period>: <q>\.")
def before(judge: Judge, match: re.Match[str]) -> None:
    """The value of the period before."""
    earlier = next_to(judge.about.period, -1)
    judge.is_so(words.period(match["period"]) == earlier, earlier)
    judge.same(match["q"], judge.row(period=earlier).value)


@says(rf"Om inget ändras väntas värdena ligga (?P<side>under|över) {_AIM}\.",
      rf"Om värdena hamnar under eller över {_AIM} avgörs av (?P<side>slumpen)\.")  # fmt: skip
def expected(judge: Judge, match: re.Match[str]) -> None:
    """On which side of the target the limits are."""
    found, target = verdict(judge), judge.indicator.target
    judge.is_so(not found.cause and target is not None, found)
    side = "slumpen"
    if target is not None and not found.lower <= target <= found.upper:
        side = "under" if target > found.upper else "över"
    judge.is_so(match["side"] == side, found)


@says(r"Gränserna är preliminära(?:: de bygger på färre än 12 värden)?\.")
def preliminary(judge: Judge, match: re.Match[str]) -> None:
    """The limits rest on few values."""
    judge.is_so(verdict(judge).preliminary, "they rest on many")


@says(r"Det finns för få värden för att bedöma variationen\.",
      r"Minst hälften av värdena är noll, så det finns inga gränser att läsa dem mot\.",
      r"Värdena varierar för lite för att ge gränser att läsa dem mot\.",
      r"En stor del av perioderna är skyddade, så de som visas kan inte läsas mot varandra\.",
      r"Det finns för få värden sedan gränserna började om för att bedöma variationen\.",
      r"Perioderna kan inte läsas mot varandra: nyare har haft kortare tid på sig att bli "
      r"klara\.")  # fmt: skip
def unread(judge: Judge, match: re.Match[str]) -> None:
    """The chart has no limits there."""
    found = judge.facts.verdict(judge.about.key, judge.about.place, judge.about.period)
    judge.is_so(found is None or found.unread, found)


_REPORTED = (
    r"(?:(?:<some:n>|ingen) av <all:n> kommuner har rapporterat(?: allt)?"
    r"|kommunen har inte rapporterat allt)\."
)


@says(r"(?:Underlaget är ofullständigt|Ofullständigt underlag): " + _REPORTED,
      r"Underlaget för <period> är ofullständigt: " + _REPORTED)  # fmt: skip
def reported(judge: Judge, match: re.Match[str]) -> None:
    """How many have reported."""
    of = match.groupdict().get("period")
    row = judge.row(period=words.period(of) if of else "")
    told = (words.count(match["some"] or "0"), words.count(match["all"] or "1"))
    judge.is_so(told == (row.reported, row.expected) and told[0] < told[1], row)


@says(r"Linjediagram: <measure>, <place>, <first:period>(?: till <last:period>)?\.")
def chart(judge: Judge, match: re.Match[str]) -> None:
    """The course of a place from its first value on."""
    judge.about.key = words.measures()[match["measure"]]
    judge.set_place(match["place"])
    judge.about.period = words.period(match["last"] or match["first"])
    judge.is_so(match["first"] != match["last"], "from a period to itself")
    shown = [period for period, row in _course(judge) if row.value is not None]
    judge.is_so(words.period(match["first"]) == shown[0], shown[0])


def _course(judge: Judge) -> list[tuple[str, Row]]:
    return judge.facts.series(judge.about.key, judge.about.place, judge.about.period)


@says(r"(?P<some>Av de värden som visas är lägst|Lägst) <low:q> \(<first:period>\), högst <high:q> "
      r"\(<last:period>\)\.")  # fmt: skip
def extremes(judge: Judge, match: re.Match[str]) -> None:
    """The lowest and highest of the whole values."""
    rows = [row for row in _course(judge) if row[1].value is not None]
    whole = [one for one in rows if one[1].status != "partial"] or rows
    by = {at: row.value for at, row in whole if row.value is not None}
    for said, at, end in (
        ("low", "first", min(by.values())),
        ("high", "last", max(by.values())),
    ):
        judge.same(match[said], end)
        judge.is_so(by.get(words.period(match[at])) == end, by)


@says(r"(?:Ett(?P<one> fullständigt)? värde(?: visas)?|Alla(?P<all> fullständiga)? värden"
      r"(?: som visas)? är):? <q>(?: \(<period>\))?\.")  # fmt: skip
def only(judge: Judge, match: re.Match[str]) -> None:
    """All values are alike, or all that lack nothing where some do."""
    rows = [row for _, row in _course(judge) if row.value is not None]
    whole = [row for row in rows if row.status != "partial"] or rows
    judge.is_so(bool(match["one"] or match["all"]) == (len(whole) < len(rows)), rows)
    values = {row.value for row in whole}
    judge.is_so(len(values) == 1, values)
    judge.same(match["q"], values.pop())


@says(r"<n> värden? (?P<why>är skyddad[et]|är skyddat|saknas)\.")
def gaps(judge: Judge, match: re.Match[str]) -> None:
    """How many periods of the course are hidden or missing."""
    rows = dict(_course(judge))
    at = min(period for period, row in rows.items() if row.value is not None)
    hidden, missing = 0, 0
    while at <= judge.about.period:
        row = rows.get(at)
        if row is None or row.value is None:
            secret = row is not None and row.status == "confidential"
            hidden, missing = hidden + secret, missing + (not secret)
        at = next_to(at)
    judge.is_so(words.count(match["n"]) == (missing if match["why"] == "saknas" else hidden),
                (hidden, missing))  # fmt: skip


@says(r"Ofullständiga värden räknas inte: (?P<told>[^.]+)\.")
def not_counted(judge: Judge, match: re.Match[str]) -> None:
    """Which periods, or how many, are partial."""
    partial = [period for period, row in _course(judge)
               if row.status == "partial" and row.value is not None]  # fmt: skip
    told = [words.period(one) for one in words.periods(match["told"])]
    judge.is_so(told == partial or match["told"] == f"{len(partial)} perioder", partial)


@says(r"Alla värden(?: som visas)? är ofullständiga\.")
def all_partial(judge: Judge, match: re.Match[str]) -> None:
    """None of those that are known is whole."""
    known = [row for _, row in _course(judge) if row.value is not None]
    judge.is_so(known and all(row.status == "partial" for row in known), known)


_EVENT = r"(?P<word>Förbättring|Försämring|Högre än väntat|Lägre än väntat)"


@says(rf"{_EVENT} i <place>: <measure> (?:<before:number> → )?<q>(?:, <period>)?\.")
def headline(judge: Judge, match: re.Match[str]) -> None:
    """`Försämring i Fyrbodal: genomsnitt 0,85 → 0,97 dagar.`"""
    month = judge.about.period
    judge.about.key = words.measures()[match["measure"]]
    judge.set_place(match["place"])
    judge.about.period = judge.facts.last(judge.indicator, month)
    if match["period"]:
        judge.is_so(words.period(match["period"]) == judge.about.period, judge.about.period)
    judge.same(match["q"], judge.row().value)
    is_word(judge, match["word"], verdict(judge))
    is_told(judge)
    earlier = judge.row(period=next_to(judge.about.period, -1)).value
    judge.is_so((match["before"] is None) == (earlier is None), earlier)
    if match["before"]:
        judge.same(match["before"], earlier)


@says(r"<measure>\.(?= (?:Förb|Förs|Hög|Läg))")
def of_event(judge: Judge, match: re.Match[str]) -> None:
    """What the next sentence is about."""
    judge.about.key = words.measures()[match["measure"]]
    judge.about.period = judge.facts.last(judge.indicator, judge.about.month)
    judge.about.many = True


@says(r"Detsamma gäller <measures>\.?")
def also(judge: Judge, match: re.Match[str]) -> None:
    """Other indicators of the place with the same word."""
    word = [key for key in indicators() if key == judge.about.key]
    mine = verdict(judge)
    high = mine.cause.endswith("över") or mine.cause == "stiger"
    better = high == (judge.indicator.direction == "higher")
    for key in words.listed(match["measures"]):
        judge.about.key = key
        judge.about.period = judge.facts.last(judge.indicator, judge.about.month)
        found = verdict(judge)
        is_told(judge)
        up = found.cause.endswith("över") or found.cause == "stiger"
        judge.is_so(found.cause, found)
        if judge.indicator.direction == "neutral":
            judge.is_so(up == high, found)
        else:
            judge.is_so((up == (judge.indicator.direction == "higher")) == better, found)
    judge.about.key = word[0]


@says(r"<n> serie(?:r)? genomsågs\.")
def looked(judge: Judge, match: re.Match[str]) -> None:
    """How many series of the place and the county can be judged in their last period."""
    count, _ = _news(judge)
    judge.is_so(words.count(match["n"]) == count, count)


@says(r"(?P<none>Ingen av dem avviker mer än slumpen väntas ge bland så många)\.",
      r"(?:<n> plats till|<more:n> platser till) har en signal; se tabellen\.")  # fmt: skip
def news(judge: Judge, match: re.Match[str]) -> None:
    """At how many places a signal of the newest periods is too strong to be chance."""
    told, (_, found) = match.groupdict(), _news(judge)
    least, most = ({place for _, place in some} for some in (found & judge.told().sure, found))
    said = told.get("n") or told.get("more")
    judge.is_so(len(least) <= (3 + words.count(said) if said else 0) <= len(most), found)


def _news(judge: Judge) -> tuple[int, set[tuple[str, str]]]:
    """How many series of the newest periods can be judged at a place, or at all of the county's,
    and those of which something is told."""
    month, place = judge.about.month, judge.about.place
    looked = board(judge.facts, month, None if place == "lan" else [place])
    newest = {indicators()[key].grain: period for (key, _), period in looked.items()}
    series = {at: when for at, when in looked.items() if when == newest[indicators()[at[0]].grain]}
    return among(judge.facts, series).looked, {*judge.told().told} & {*series}


@says(r"Av slump väntas (?:<some:n>|färre än en) av <n> bedömda serier ha en signal\. Därför nämns "
      r"bara de som är starkare än så: högst 10 procent av dem väntas vara slump\.")  # fmt: skip
def by_chance_alone(judge: Judge, match: re.Match[str]) -> None:
    """How many series are looked through, of which one in fifty has a signal of chance."""
    looked = judge.told().looked
    judge.is_so(words.count(match["n"]) == looked, looked)
    judge.is_so(match["some"] == (written(looked / 50, 0) if looked >= 50 else None), looked)
