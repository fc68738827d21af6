"""Sentences about a quarter's deviations: how many, how answered, which process, who is outside."""

import re

from scipy.stats import poisson

import reference
from tests.said import words
from tests.said.facts import next_to, written
from tests.said.judge import Judge, says


@says(r"<place>: (?:<n>|inga) avvikelse(?:r)? registrerades <when>\.")
def registered(judge: Judge, match: re.Match[str]) -> None:
    """How many in the quarter."""
    judge.set_place(match["place"])
    judge.about.key, judge.about.period = "deviations", words.period(match["when"])
    judge.is_so(judge.row().value == words.count(match["n"] or "0"), judge.row())


@says(r"<place>: hur många som registrerades <when> är skyddat, för att enskilda inte ska kunna "
      r"pekas ut\.",
      r"<place>: uppgift om registrerade avvikelser <when> saknas\.")  # fmt: skip
def unknown(judge: Judge, match: re.Match[str]) -> None:
    """How many is not known, or not shown."""
    judge.set_place(match["place"])
    judge.about.key, judge.about.period = "deviations", words.period(match["when"])
    row = judge.row()
    judge.is_so(row.value is None, row)
    judge.is_so((row.status == "confidential") == ("skyddat" in match.group()), row)


@says(r"Kvartalet före, <period>: <n>\.")
def quarter_before(judge: Judge, match: re.Match[str]) -> None:
    """How many in the quarter before."""
    before = next_to(judge.about.period, -1)
    judge.is_so(words.period(match["period"]) == before, before)
    row = judge.row(period=before, key="deviations")
    judge.is_so(row.value == words.count(match["n"]), row)


@says(r"De två kvartalen kan inte jämföras\.")
def not_compared(judge: Judge, match: re.Match[str]) -> None:
    """A break lies in or between the quarter and the one before."""
    first = f"{next_to(judge.about.period, -1)}"
    days = judge.facts.breaks(judge.indicator, judge.about.place)
    begins = f"{first[:4]}-{3 * int(first[6]) - 2:02d}-01"
    after = next_to(judge.about.period)
    ends = f"{after[:4]}-{3 * int(after[6]) - 2:02d}-01"
    judge.is_so(any(begins < day < ends for day in days), days)


@says(r"Seriebrott den <day:n> (?P<month>\w+) (?P<year>\d{4}) \(<place>\): [^.]+\.")
def broken(judge: Judge, match: re.Match[str]) -> None:
    """There is such an event."""
    at = words.period(f"{match['month']} {match['year']}")
    date = f"{at}-{int(match['day']):02d}"
    events = reference.events() + (reference.demo_events() if judge.facts.demo else ())
    found = [one for one in events if one.kind == "seriebrott" and one.date == date]
    judge.is_so(any(one.scope == words.places()[match["place"]] for one in found), found)


@says(r"(?:(?P<all>Alla) <whole:n>|(?:Inget|<some:n>) av de <of:n>) ärenden som är äldre än två "
      r"månader besvarades inom två månader \(<q>\)\.")  # fmt: skip
def answered(judge: Judge, match: re.Match[str]) -> None:
    """How many of how many were answered in time."""
    judge.about.share = "deviations_answered_share"
    row = judge.row(key=judge.about.share)
    of = words.count(match["whole"] or match["of"])
    some = of if match["all"] else words.count(match["some"] or "0")
    judge.is_so((row.numerator, row.denominator) == (some, of), row)
    judge.is_so(match["q"] == f"{written(100 * some / of, 1)} procent", match["q"])


@says(r"När kvartalet slutade var <q> öppna\.")
def open_at_end(judge: Judge, match: re.Match[str]) -> None:
    """The share that was open on the last day."""
    judge.about.share = "deviations_open_at_end"
    value = judge.row(key=judge.about.share).value
    judge.is_so(value is not None and match["q"] == f"{written(value, 1)} procent", value)


@says(r"Vid samma ålder: (?P<told>(?:kv \d \d{4} [\d,]+ procent(?:, | och )?)+)\.")
def at_same_age(judge: Judge, match: re.Match[str]) -> None:
    """The shares of the quarters before, newest first."""
    told = re.findall(r"(kv \d \d{4}) ([\d,]+) procent", match["told"])
    periods = [words.period(at) for at, _ in told]
    judge.is_so(periods == sorted(periods, reverse=True), periods)
    judge.is_so(max(periods) < judge.about.period, periods)
    for period, (_, share) in zip(periods, told, strict=True):
        row = judge.row(period=period, key=judge.about.share)
        judge.is_so(row.value is not None and written(row.value, 1) == share, (period, row))


@says(r"Mediantiden till svar är <q>, med ärenden som väntar medräknade\.")
def median(judge: Judge, match: re.Match[str]) -> None:
    """The days until half are answered."""
    value = judge.row(key="deviations_median_answer_days").value
    text = "" if value is None else written(value, 1)
    judge.is_so(match["q"] in (f"{text} dagar", "1 dag" if text == "1" else ""), value)


@says(r"(?:Inget|<n>) ärende(?:n)? är fortfarande (?:öppet|öppna)\.")
def still_open(judge: Judge, match: re.Match[str]) -> None:
    """How many are open."""
    row = judge.row(key="deviations_open")
    judge.is_so(row.value == words.count(match["n"] or "0"), row)


def _processes(judge: Judge) -> dict[str, float | None]:
    return {
        part: rows[judge.about.period].value if judge.about.period in rows else 0.0
        for (key, _, place, part), rows in judge.facts.of.items()
        if key == "deviations" and place == judge.about.place and part != "alla"
        if min(rows) <= judge.about.period
    }


@says(r"Flest ärenden(?P<some> bland de kända)?: (?P<who>[^:.]+?), <n>(?: av <of:n>)?"
      r"(?P<each> vardera)?\.",
      r"(?P<among>Av de processer som visas har )?(?P<who>[A-ZÅÄÖ][^:.]+?)(?: har)? flest ärenden: "
      r"<n>(?P<each> vardera)?\.")  # fmt: skip
def largest(judge: Judge, match: re.Match[str]) -> None:
    """The process with most cases, and those that have as many."""
    told, parts = match.groupdict(), _processes(judge)
    known = {words.plain(name): count for name, count in parts.items() if count is not None}
    most = max(known.values(), default=0)
    first = sorted(name for name, count in known.items() if count == most)
    judge.is_so(words.count(told["n"]) == most, known)
    judge.is_so(all(name in told["who"] for name in first), first)
    judge.is_so(sum(name in told["who"] for name in known) == len(first) or len(first) == 1, known)
    judge.is_so(bool(told["each"]) == (len(first) > 1), first)
    judge.is_so(bool(told.get("some") or told.get("among")) == (len(known) < len(parts)), parts)
    if told.get("of"):
        judge.is_so(words.count(told["of"]) == sum(known.values()), known)


@says(r"(?:Flest går|Av det som visas går flest) (?P<who>från [^:.]+): <n> ärende(?:n)?"
      r"(?P<each> vardera)?\.",
      r"(?:Flest går|Av det som visas går flest) "
      r"(?P<who>från [^:.]+)(?P<n>)(?P<each>)\.")  # fmt: skip
def ways(judge: Judge, match: re.Match[str]) -> None:
    """From whom to whom most go, of what is shown."""
    shown = judge.facts.ways.get((judge.about.place, judge.about.period), {})
    most = max(shown.values(), default=0)
    areas = {area.name for area in reference.areas()}
    first = [
        " till ".join(f"kommunerna i {end}" if end in areas else end for end in ends)
        for ends, cases in shown.items()
        if cases == most
    ]
    told = [words.plain(f"från {one}") for one in first]
    judge.is_so(all(one in match["who"] for one in told), told)
    judge.is_so(match["who"].count("från ") == len(told), told)
    judge.is_so(not match["n"] or words.count(match["n"]) == most, most)


@says(r"<n> process(?:er)? visas inte\.")
def processes_hidden(judge: Judge, match: re.Match[str]) -> None:
    """How many processes are hidden."""
    hidden = [name for name, count in _processes(judge).items() if count is None]
    judge.is_so(words.count(match["n"]) == len(hidden), hidden)


def funnel(judge: Judge) -> tuple[dict[str, str], float, dict[str, float]]:
    """Where each municipality with a count is against the limits around the county's rate, or
    their own where that is not known, that rate, and its own."""
    rows = {
        code: row
        for code in judge.municipalities("lan")
        for row in (judge.row(code, key="deviations_per_10000"),)
        if row.numerator is not None and row.denominator
    }
    whole = sum(row.denominator or 0 for row in rows.values())
    rate = sum(row.numerator or 0 for row in rows.values()) / whole if whole else 0.0
    county = judge.row("lan", key="deviations_per_10000")
    if county.value is not None:
        rate = county.value / 10_000
    found, rates = {}, {}
    for code, row in rows.items():
        top, people = row.numerator or 0.0, row.denominator or 1.0
        expected = rate * people
        found[code] = "inside"
        for limit, tail in (("95", 0.025), ("99,8", 0.001)):
            if top > poisson.ppf(1 - tail, expected):
                found[code] = f"Över {limit} %-gränsen"
            elif top < poisson.ppf(tail, expected):
                found[code] = f"Under {limit} %-gränsen"
        rates[code] = 10_000 * top / people
    return found, 10_000 * rate, rates


@says(r"(?:<some:n> av|Alla) <n> kommuner(?: som visas)? ligger innanför gränserna <when>\. "
      r"(?:Hela länet|Tillsammans): <rate:number> per 10 000 invånare\.")  # fmt: skip
def inside(judge: Judge, match: re.Match[str]) -> None:
    """How many are inside the limits, and the common rate."""
    judge.about.period = words.period(match["when"])
    found, rate, _ = funnel(judge)
    within = [*found.values()].count("inside")
    judge.is_so(words.count(match["n"]) == len(found), len(found))
    judge.is_so(words.count(match["some"] or match["n"]) == within, within)
    judge.is_so(match["rate"] == written(rate, 2), rate)


@says(r"(?P<where>(?:Över|Under) (?:95|99,8) %-gränsen): <names>\.")
def outside(judge: Judge, match: re.Match[str]) -> None:
    """Exactly those that stand so."""
    found = [code for code, where in funnel(judge)[0].items() if where == match["where"]]
    judge.is_so(sorted(words.names(match["names"])) == sorted(found), found)


@says(r"<n> kommun(?:er)? visas inte\.",
      r"<n> kommun(?:er)? i <place> kan inte visas\.")  # fmt: skip
def not_drawn(judge: Judge, match: re.Match[str]) -> None:
    """How many municipalities have no count to show."""
    of = match.groupdict().get("place")
    codes = judge.municipalities(words.places()[of] if of else "lan")
    shown = funnel(judge)[0]
    judge.is_so(words.count(match["n"]) == sum(code not in shown for code in codes), shown)


@says(r"(?:Hela länet|Tillsammans): <rate:number> per 10 000 invånare\.")
def common(judge: Judge, match: re.Match[str]) -> None:
    """What they are held against."""
    _, rate, _ = funnel(judge)
    judge.is_so(match["rate"] == written(rate, 2), rate)


@says(r"Utanför slumpens gränser <when>: (?P<who>[^.]+)\.")
def beyond(judge: Judge, match: re.Match[str]) -> None:
    """The place's own municipalities outside the limits, each with its rate."""
    judge.about.period = words.period(match["when"])
    found, _, rates = funnel(judge)
    own = {code: found[code] for code in judge.municipalities(judge.about.place) if code in found}
    told = words.pattern(r"<place> \((?P<where>[^)]+? %-gränsen), <rate:number>\)")
    named = {words.places()[one["place"]]: one for one in told.finditer(match["who"])}
    judge.is_so(named.keys() == {at for at, where in own.items() if where != "inside"}, own)
    for at, one in named.items():
        judge.is_so(one["where"] == own[at].lower(), own[at])
        judge.is_so(one["rate"] == written(rates[at], 2), rates[at])


@says(r"Ingen av de <n> kommuner som visas avviker mer än slumpen ger <when>\.",
      r"<place> avviker inte mer än slumpen ger <when>\.")  # fmt: skip
def none_beyond(judge: Judge, match: re.Match[str]) -> None:
    """All of the place's own are inside."""
    judge.about.period = words.period(match["when"])
    found = funnel(judge)[0]
    own = [found[code] for code in judge.municipalities(judge.about.place) if code in found]
    judge.is_so({*own} == {"inside"}, own)
    judge.is_so(len(own) == words.count(match.groupdict().get("n") or "1"), own)


@says(r"(?P<who>[^.:]+?) registrerar (?P<way>fler|färre) avvikelser per invånare än slumpen ger"
      r"(?:, och (?P<others>[^.:]+?) (?P<other>färre|fler))?\.")  # fmt: skip
def title_of_funnel(judge: Judge, match: re.Match[str]) -> None:
    """Those above the limits register more, those below fewer."""
    found = funnel(judge)[0]
    for who, way in ((match["who"], match["way"]), (match["others"], match["other"])):
        if not who:
            continue
        side = "Över" if way == "fler" else "Under"
        own = [
            code
            for code in judge.municipalities(judge.about.place)
            if found.get(code, "").startswith(side)
        ]
        named = words.names(who)
        judge.is_so(sorted(named) == sorted(own) if named else who == f"{len(own)} kommuner", own)


@says(r"<n> registrerade <period>, (?:<before:n> kvartalet före|jämfört med i fjol)\.")
def change(judge: Judge, match: re.Match[str]) -> None:
    """The quarter and the one before."""
    judge.about.key, judge.about.period = "deviations", words.period(match["period"])
    judge.is_so(judge.row().value == words.count(match["n"]), judge.row())
    if match["before"]:
        row = judge.row(period=next_to(judge.about.period, -1))
        judge.is_so(row.value == words.count(match["before"]), row)
