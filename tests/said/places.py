"""Sentences about places side by side: the first and the last, those over a limit, those unseen."""

import re

import reference
from tests.said import words
from tests.said.chance import among
from tests.said.facts import next_to, written
from tests.said.judge import Judge, says
from tests.said.series import is_word

_NOUN = r"(?:kommun(?:er)?|område(?:n)?|sjukhus)"
_WHICH = rf"(?: av (?:de )?<among:n> {_NOUN} (?P<which>som visas|med fullständiga uppgifter))?"
_WHO = r"(?:<{0}:names>|<{0}_n:n> {1})"


def _level(judge: Judge, text: str) -> None:
    if " område" in text:
        judge.about.level = "area"


def _tie(judge: Judge, match: re.Match[str], who: str, said: str, *, first: bool) -> None:
    """Those that are named are all that read as the highest, or the lowest, does."""
    rows = judge.ranked()
    end = max(rows.values()) if first else min(rows.values())
    judge.same(match[said], end)
    decimals = judge.indicator.decimals
    ties = [at for at, value in rows.items() if written(value, decimals) == written(end, decimals)]
    if match[who]:
        judge.is_so(sorted(words.names(match[who])) == sorted(ties), ties)
    else:
        judge.is_so(words.count(match[f"{who}_n"]) == len(ties), ties)


def _among(judge: Judge, match: re.Match[str]) -> None:
    """Those that are ranked are as many as is said; all of them where nothing is."""
    rows = judge.ranked()
    if match["among"]:
        judge.is_so(words.count(match["among"]) == len(rows), rows)
        partial = any(judge.row(at).status == "partial" for at in judge.among())
        judge.is_so((match["which"] != "som visas") == partial, "whether some are partial")
        return
    statuses = {judge.row(at).status for at in judge.among() if at not in rows}
    judge.is_so(statuses <= {"missing"}, statuses)


@says(rf"Högst{_WHICH} i <place> <when>: {_WHO.format('top', _NOUN)}, <high:q>\. Lägst(?: av dem)?:"
      rf" {_WHO.format('end', _NOUN)}, <low:q>\.")  # fmt: skip
def ends(judge: Judge, match: re.Match[str]) -> None:
    """`Högst i Fyrbodal i oktober 2026: Tanum, 1,20 dagar. Lägst: Orust, 0,30 dagar.`"""
    judge.about.period = words.period(match["when"])
    judge.set_place(match["place"])
    if any(one in {area.key for area in reference.areas()}
           for one in words.names(match["top"] or match["end"] or "")):  # fmt: skip
        judge.about.level = "area"
    _level(judge, match.group())
    _among(judge, match)
    _tie(judge, match, "top", "high", first=True)
    _tie(judge, match, "end", "low", first=False)


@says(r"Endast <who:place> har (?:ett värde som visas|ett värde|fullständiga uppgifter) i <place> "
      r"<when>: <q>\.",
      rf"<many:n> {_NOUN}(?: som visas)? har samma värde i <place> <when>: <q>\.")  # fmt: skip
def alike(judge: Judge, match: re.Match[str]) -> None:
    """All that are shown read the same."""
    judge.about.period = words.period(match["when"])
    judge.set_place(match["place"])
    _level(judge, match.group())
    rows = judge.ranked()
    many = match.groupdict().get("many")
    judge.is_so(len(rows) == (words.count(many) if many else 1), rows)
    for value in rows.values():
        judge.same(match["q"], value)


@says(r"(?:Ingen kommun|Inget område) i <place> har "
      r"(?:något värde som visas|något värde|fullständiga uppgifter) för <period>\.")  # fmt: skip
def none(judge: Judge, match: re.Match[str]) -> None:
    """No place is ranked."""
    judge.about.period = words.period(match["period"])
    judge.set_place(match["place"])
    _level(judge, match.group())
    judge.is_so(not judge.ranked(), judge.ranked())


@says(r"<place>: <q>\.")
def beside(judge: Judge, match: re.Match[str]) -> None:
    """The place's own value, or the county's, beside a ranking."""
    judge.same(match["q"], judge.row(words.places()[match["place"]]).value)


@says(r"Hela länet: <q>\.")
def whole(judge: Judge, match: re.Match[str]) -> None:
    """The county's value beside the hospitals'."""
    judge.same(match["q"], judge.row("lan").value)


@says(rf"<n> {_NOUN} (?P<why>har ofullständiga uppgifter|har skyddade värden|saknar uppgift|"
      rf"har inget att räkna på)\.")  # fmt: skip
def unseen(judge: Judge, match: re.Match[str]) -> None:
    """How many have no value, or a partial one, and why."""
    rows = [judge.row(at) for at in judge.among()]
    of = {
        "har ofullständiga uppgifter": sum(
            one.value is not None and one.status == "partial" for one in rows
        ),
        "har skyddade värden": sum(
            one.value is None and one.status == "confidential" for one in rows
        ),
    }
    rest = sum(one.value is None and one.status != "confidential" for one in rows)
    n = words.count(match["n"])
    judge.is_so(n == of.get(match["why"], n) and (match["why"] in of or n <= rest), (of, rest))


_TARGET = r"(?:målet|gränsen för betalningsansvar) <target:number>"


@says(rf"Över {_TARGET}: <names>\.",
      rf"<n> kommuner ligger över {_TARGET}\.",
      r"(?P<no>Ingen kommun med (?:känt värde|fullständiga uppgifter)) ligger över "
      rf"{_TARGET}\.")  # fmt: skip
def over(judge: Judge, match: re.Match[str]) -> None:
    """Which of the ranked are over the target."""
    found, told = judge.over(judge.among()), match.groupdict()
    judge.is_so(words.value(match["target"]) == judge.indicator.target, judge.indicator.target)
    if told.get("names"):
        judge.is_so(sorted(words.names(told["names"])) == sorted(found), found)
    else:
        judge.is_so(len(found) == (words.count(told["n"]) if told.get("n") else 0), found)


@says(rf"<measure>: <n> kommuner ligger (?:över|under), längst från det <place> \(<q>\); {_TARGET}"
      rf"\.",
      rf"<measure>: (?P<who>[^.]+?) ligger (?:över|under) {_TARGET}\.")  # fmt: skip
def raised_over(judge: Judge, match: re.Match[str]) -> None:
    """The municipalities that miss the target, as they are brought up."""
    judge.about.key = words.measures()[match["measure"]]
    judge.about.period = judge.facts.last(judge.indicator, judge.about.period)
    found, told = judge.over(judge.municipalities(judge.about.place)), match.groupdict()
    if told.get("n"):
        judge.is_so(words.count(told["n"]) == len(found), found)
        farthest = max(found.values())
        judge.is_so(found.get(words.places()[told["place"]]) == farthest, farthest)
        judge.same(told["q"], farthest)
        return
    named = re.findall(r"([^,(]+?) \(([^)]+)\)(?:, | och |$)", told["who"])
    judge.is_so(sorted(words.places()[name] for name, _ in named) == sorted(found), found)
    for name, said in named:
        judge.same(said, found[words.places()[name]])


@says(r"<measure>: försämring utöver slumpen i <names>\.")
def worse(judge: Judge, match: re.Match[str]) -> None:
    """Those that are named are all with a signal for the worse, among the areas or in an area."""
    key = judge.about.key = words.measures()[match["measure"]]
    period = judge.about.period = judge.facts.last(judge.indicator, judge.about.month)
    codes = {(key, code): period for code in judge.municipalities(judge.about.place)}
    told = judge.told() if judge.about.place == "lan" else among(judge.facts, codes)
    own = {at: read for (one, at), read in told.told.items() if one == key and at != "lan"}
    named = words.names(match["names"])
    for place in named:
        judge.is_so(place in own, f"{place} may be chance among so many")
        is_word(judge, "Försämring", own[place])
    up = judge.indicator.direction == "lower"
    worse = {at for at, read in own.items()
             if (read.cause.endswith("över") or read.cause == "stiger") == up}  # fmt: skip
    sure = {at for one, at in told.sure if one == key}
    judge.is_so(worse & sure <= {*named} <= worse, worse)


@says(r"Störst andel utskrivna före meddelande om utskrivningsklar <when>"
      rf"{_WHICH}: {_WHO.format('top', _NOUN)}, <high:q>\.")  # fmt: skip
def hospitals(judge: Judge, match: re.Match[str]) -> None:
    """The hospital with the largest share."""
    judge.about.key, judge.about.level = "before_notice_share", "hospital"
    judge.about.period = words.period(match["when"])
    _tie(judge, match, "top", "high", first=True)
    if match["among"]:
        judge.is_so(words.count(match["among"]) == len(judge.ranked()), judge.ranked())


@says(r"Endast <who:place> har (?:ett värde som visas|ett värde|fullständiga uppgifter) om andelen "
      r"utskrivna före meddelande om utskrivningsklar <when>: <q>\.")  # fmt: skip
def one_hospital(judge: Judge, match: re.Match[str]) -> None:
    """The only one that has a share."""
    judge.about.key, judge.about.level = "before_notice_share", "hospital"
    judge.about.period = words.period(match["when"])
    shares = [*judge.ranked().values()]
    judge.is_so(len(shares) == 1, shares)
    judge.same(match["q"], shares[0])


@says(r"(?P<title>Januari|Februari|Mars|April|Maj|Juni|Juli|Augusti|September|Oktober|November|"
      r"December|Kvartal \d|(?=\d{4}:)) ?(?P<year>\d{4}): (?P<told>[^:.]+)\.")  # fmt: skip
def side_by_side(judge: Judge, match: re.Match[str]) -> None:
    """`Oktober 2026: Ale 0,97 dagar, Lerum skyddad uppgift och Borås 1,10 dagar.`"""
    judge.about.period = words.period(f"{match['title']} {match['year']}".strip())
    shape = words.pattern(r"<place> (?:<q>|(?P<no>skyddad uppgift|uppgift saknas|inget värde))")
    found = list(shape.finditer(match["told"]))
    judge.is_so(found, "no places")
    for one in found:
        row = judge.row(words.places()[one["place"]])
        if one["q"]:
            judge.same(one["q"], row.value)
        else:
            judge.is_so(row.value is None, row)
            judge.is_so((one["no"] == "skyddad uppgift") == (row.status == "confidential"), row)


@says(r"Rapporter saknas eller är ofullständiga(?: för <period>)?: (?P<who>[^.]+)\.",
      r"Rapport saknas eller är ofullständig: (?P<who>[^.(]+)(?: \(<area:place>\))?\.",
      r"Saknas eller ofullständig: (?P<who>[^.]+)\.")  # fmt: skip
def not_reported(judge: Judge, match: re.Match[str]) -> None:
    """Each that is named has not reported: an area not whole, a municipality with no number."""
    named = words.names(match["who"])
    lacking = match["who"] if not named else ""
    for at in named:
        row = judge.row(at, key="discharges" if judge.indicator.dataset == "discharges" else "")
        if at in {area.key for area in reference.areas()}:
            judge.is_so(row.reported < row.expected or not row.expected, (at, row))
        else:
            judge.is_so(row.status not in ("ok", "confidential"), (at, row))
    for some, whole_ in re.findall(r"(\d+) av (\d+) kommuner", lacking):
        area = match.groupdict().get("area")
        row = judge.row(words.places()[area] if area else "")
        judge.is_so((int(some), int(whole_)) == (row.expected - row.reported, row.expected), row)


@says(r"Alla kommuner har rapporterat (?:för )?<period>\.")
def all_reported(judge: Judge, match: re.Match[str]) -> None:
    """Nothing is missing."""
    row = judge.row(period=words.period(match["period"]))
    judge.is_so(row.reported == row.expected, row)


_OF_WHAT = {"utskrivningsklara": "discharges", "avvikelser": "deviations"}


@says(r"Leverans av (?P<what>[^.]+?) saknas för (?P<told>[^.]+)\.")
def late(judge: Judge, match: re.Match[str]) -> None:
    """Nothing has come of the periods."""
    key = _OF_WHAT.get(match["what"]) or words.measures().get(
        match["what"].removeprefix("måttet "), ""
    )
    judge.is_so(key, "of what?")
    told = [words.period(one) for one in words.periods(match["told"])]
    for period in told:
        places = [judge.about.place]
        if judge.about.place == "lan":
            places = [area.key for area in reference.areas()]
        for place in places:
            row = judge.row(place, period, key)
            judge.is_so(not row.reported and row.value is None, (place, period, row))
    judge.is_so(told == sorted(told), told)
    judge.is_so(next_to(told[0], 0) == told[0], told)


_OWED = (r"<place> \((?P<least>minst )?<days:number> dagar, (?:(?:minst )?<kronor:n> kr|belopp "
         r"saknas för (?P<year>\d{4}))\)")  # fmt: skip


@says(r"Betalningsansvar för <period>: (?P<who>.+?)\.(?: För <rest:n> kommun(?:er)? går det inte "
      r"att säga\.)? Underlag, inte faktura\.",
      r"(?P<none>Ingen kommun) i <place> har betalningsansvar för <period>\. Underlag, inte "
      r"faktura\.",
      r"<some:n> kommuner i <place> har inte betalningsansvar för <period>\. För <rest:n> "
      r"kommun(?:er)? går det inte att säga\. Underlag, inte faktura\.",
      r"Om (?:någon kommun i )?(?P<unsaid>[^.]+?) har betalningsansvar för <period> går inte att "
      r"säga\. Underlag, inte faktura\.",
      r"<one:place> har inte betalningsansvar för <period>\.(?: För <rest:n> kommun(?:er)? går det "
      r"inte att säga\.)? Underlag, inte faktura\.")  # fmt: skip
def liable(judge: Judge, match: re.Match[str]) -> None:
    """Those that are liable, and of how many it cannot be said."""
    told, period = match.groupdict(), words.period(match["period"])
    judge.about.key, judge.about.period = "mean_days", period
    codes = judge.municipalities(judge.about.place)
    if judge.about.level == "single":
        codes = [judge.about.place]
    found = judge.liable(codes)
    owed = list(words.pattern(_OWED).finditer(told.get("who") or ""))
    if told.get("who"):
        judge.is_so(sorted(words.places()[one["place"]] for one in owed) == sorted(found), found)
    else:
        judge.is_so(not found, found)
    for one in owed:
        place = words.places()[one["place"]]
        parts, long = judge.row(place), judge.row(place, key="over_7")
        beyond = (parts.numerator or 0) - 3 * (parts.denominator or 0)
        if parts.value is None:
            # A day at least for each of them is all that is sure.
            judge.is_so(one["least"] and words.value(one["days"]) == long.value, long)
        elif long.value == 0:
            judge.is_so(one["days"] == written(beyond, 1) and not one["least"], beyond)
        elif one["least"] is None:
            judge.is_so(words.value(one["days"]) > 0, one.group())
    if told.get("some"):
        # Of one whose mean is not shown bounds may say so, and of one whose mean is, long stays.
        possible = [at for at in codes if at not in found]
        judge.is_so(words.count(told["some"]) + words.count(told["rest"]) <= len(possible), codes)
