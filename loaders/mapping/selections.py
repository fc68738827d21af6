"""Words that could say that a table is only a part: of the people, of the time, or of a plan.

What such a word stands over, in a title, a heading or a column, is never read as everything there
is without a question, unless all the parts are there.
"""

import re
from collections.abc import Collection
from functools import lru_cache

import reference

_PART = re.compile(
    r"\b("
    r"kvinn\w*|män|mäns|man|flick\w*|pojk\w*|kön(et|s)?|"
    r"ålder(s\w*)?|åldr\w+|\d+ ?- ?\d+ ?(år|åring\w*)|\d+ ?(år och|år eller) (äldre|yngre|uppåt)|"
    r"(över|under|äldre än|yngre än|från) \d+ år|barn|vuxna|unga|"
    r"(inom|efter|mer än|mindre än|över|under|minst|högst|fler än) (\d+|en|ett|två|tre|sju) "
    r"(dag\w*|dygn|veck\w*)|"
    r"bup|barn- och ungdomspsyk\w*|vuxenpsyk\w*|geriatri\w*|"
    r"plan|planer(ad|at|ade)|planvärde\w*|\w*prognos\w*|\w*framskrivning\w*|\w*budget\w*|målvärde\w*|mål|skattning|"
    r"scenario|"
    r"(föregående|förra|fjol)\w*( (år|månad|kvartal|period)\w*)?|fjolår\w*|i fjol|"
    r"ack|ackumulerat?|ackumulerade?|rullande|r ?12|hittills|ytd|"
    r"(från|sedan) årets början|sedan årsskiftet|"
    r"riktning(en)?|diagnos\w*|enbart|endast|bara|varav|därav|exkl\w*|exklusive|undantaget|utom|"
    r"\w*klinik(en|er|erna|ens)?|mottagning(en)?|avdelning(en)?|avd|vårdavdelning\w*|"
    r"inneliggande|kvarliggande|punktmätning\w*|ögonblicksbild\w*|"
    r"inkomna|skickade|mottagna|avsända|avslutade|öppna|pågående|allvarliga|(o|ej )?besvarade|"
    r"från (kommun|region|sjukhus|primärvård|vårdcentral)\w*|"
    r"folkökning\w*|födda|(in|ut)?flytt(ning|netto|överskott)\w*|tätort\w*|medelfolkmängd\w*|"
    r"utrikes|inrikes|förändring\w*|differens|diff|avvikelse från \w+|index|"
    r"stickprov|prel|preliminär\w*|samma (period|månad|kvartal|tid)\w*|"
    r"per (1 ?000|10 ?000|100 ?000)( \w+)?|per capita|andel\w*|"
    r"per (dag|dygn|vecka)|kvot\w*|"
    r"(sida|sid|del) \d+ (av|/) ([2-9]|\d\d+)|(de )?\d+ (senaste|första)|"
    r"avrunda\w*( \w+)? (\w+ )?(tio|fem|hundra|tusen)tal\w*"
    r")\b|\b\d{1,3} ?\+|\b\d+-w\b|(?<!\w)[<>≤≥] ?\d+|"
    r"/ ?(1 ?000|10 ?000|100 ?000)\b"
)
# A word of the list that is part of a name of something else.
_NAMES = re.compile(
    r"individuell\w* (vård)?plan\w*|vårdplan\w*|samordnad plan\w*|\bsip\b|barn och unga?s? \w+|"
    r"avvikelse\w*|mer än \d+ dagar utskriv\w+"
)
# What says of prose that the numbers are of a part, or are not what they seem.
_LIMITS = re.compile(
    r"\b(endast|enbart|exkl\w*|undantag\w*|(ingår|är|finns|räknas) (ej|inte)( med)?|ackumuler\w*|"
    r"rullande|r ?12|utöver (de )?(\d+|en|ett|två|tre|sju)( \w+)?|"
    r"(1 ?000|10 ?000|100 ?000) invånare|(tio|hundra|tusen)tal|1000-tal|"
    r"(\d+ år|år) (och|eller) (äldre|yngre)|(över|under|äldre än|yngre än) \d+ år)\b"
)
# How cells look, and what a legend says that it means for their numbers.
_LOOKS = re.compile(
    r"\b(grå|gul|röd|rött|grön|blå|orange|rosa|lila|skugg|kursiv|fet|understruk|färg|marker)\w*\b.*"
    r"\b(saknas|ej|inte|uppskatt\w*|skatta\w*|osäk\w*|ofullständig\w*|felaktig\w*|bortfall\w*)"
)
# What says that a column is to stand in another one's place.
_REVISED = re.compile(
    r"[\s,(–-]*\b((?:rätta|korrigera|justera|uppdatera|revidera)[dt]e?|slutliga?t?|definitiva?t?)\b\W*"
)
_TAX = re.compile(r"\b(in|ex)kl\w*\.? moms\b")
# Shares and rates beside the numbers, and what they are compared with: never the numbers.
_BESIDE = re.compile(
    r"förändring\w*|differens|diff|index|andel\w*|kvot\w*|%|procent|mål(värde\w*)?|per 1.*|"
    r"prognos\w*|budget\w*|plan(värde\w*)?|r ?12|(föregående|förra|fjol)\w*|samma \w+"
)
_PLANNED = re.compile(r"(plan(erat|värde)?|budget|prognos|mål(värde)?)")
# What stands beside the categories of a table, and is not how many there are of one.
_NO_CATEGORY = re.compile(
    r"(antal )?(invånare|folkmängd|befolkning|personer|patienter|inv)|"
    r"#|((rad|löp|ordnings)[- ]?)?(nr|nummer)\.?|rad|id|rank(ing)?|plats|"
    r".*\b(dag(ar)?|dygn|timm(e|ar)|\w*tid(er)?|kostnad\w*|kr|tkr|procent|andel\w*|kvot\w*|index|"
    r"per \d[\d ]*|snitt|genomsnitt\w*|medel\w*|median\w*)\b.*|.*%.*|.*/ ?1 ?0+\b.*"
)
# A row that is in the list, and is not one of what is counted.
_VOID = re.compile(
    r"(makuler|felregistrer|dubbelregistrer|annuller|raderad|borttag|återkalla|återtag|avvisa)\w*|"
    r"dubbletter?|avslag|avslagen|avslaget|avfört?|förslag|förbättringsförslag|klagomål|"
    r"synpunkt(er)?|beröm|intern(t|a)?|test(ärende)?"
)
_VOID_HEADING = re.compile(
    r"(dubblett|makuler|felregistrer|annuller|raderad|borttag)\w*( av| ?datum)?"
)
# Units that numbers of persons, cases and days are not in.
_OTHER_UNIT = re.compile(
    r"%|\b(procent|timmar|tim|minuter|veckor|tusental|1000-tal|[tm]?kr|mnkr|kronor)\b"
)
_RATE = re.compile(r"\b(per|/) ?(1 ?000|10 ?000|100 ?000)\b|%|\bprocent\b|\bandel\w*|\bkvot\w*")
ACHIEVED = frozenset({"utfall", "verkligt utfall", "verkligt", "faktiskt", "verklig"})
_NO = frozenset({"nej", "n", "no", "false", "falskt"})
_COLOURS = frozenset({"grön", "gul", "röd", "grönt", "gult", "rött", "orange", "ingen färg"})
_SEX = (
    {"kvinna", "kvinnor", "k", "kv"},
    {"man", "män", "m"},
)
_SEX_UNKNOWN = frozenset({"okänt", "okänd", "ej angivet", "uppgift saknas", "saknas", "annat"})
_WORD = re.compile(r"\w+")
_SEXES = re.compile(r"kön(skod)?|gender|sex")
_OF_SEX = {"1": "män", "2": "kvinnor", "f": "kvinnor", "t": "totalt"}
_AGE = re.compile(
    r"(\d{1,3})(?: ?- ?(\d{1,3})| ?\+|-w| (?:år )?(?:och|eller) (?:äldre|över))?(?: ?år)?"
)
_ALL = frozenset(
    {"alla", "total", "båda könen", "båda", "tot", "summa", "män och kvinnor", "kvinnor och män"}
    | {"båda kön", "samtliga", "k+m", "kvinnor+män"}
)


@lru_cache(maxsize=16384)
def selects(text: str) -> str | None:
    """The words of a text that could say which part it is; None where there are none."""
    words = reference.normalise(text).replace("_", " ")
    match = _PART.search(_NAMES.sub(" ", words))
    return match.group().strip() if match else None


def is_rate(text: str) -> bool:
    """Whether a text speaks of a share or a rate, which no number of persons or cases is."""
    return _RATE.search(reference.normalise(text)) is not None


def limits(text: str) -> str | None:
    """The words of a note that say that the numbers are of a part; None where there are none."""
    match = _LIMITS.search(_TAX.sub(" ", reference.normalise(text)))
    return match.group().strip() if match else None


def by_looks(text: str) -> str | None:
    """What a legend says of cells that look in some way, as `Grå = uppgift saknas`."""
    match = _LOOKS.search(reference.normalise(text))
    return match.group() if match else None


def revised(heading: str) -> tuple[str, str] | None:
    """A heading without the word that its numbers are the corrected ones, and the word."""
    words = reference.normalise(heading)
    match = _REVISED.search(words)
    return (_REVISED.sub(" ", words).strip(), match[1]) if match else None


def stands_beside(heading: str) -> bool:
    """Whether a heading is of what stands beside the numbers: a share, a change, a target."""
    return _BESIDE.search(reference.normalise(heading)) is not None


def is_planned(text: str) -> bool:
    """Whether a text is of a plan, a budget, a forecast or a target."""
    return _PLANNED.fullmatch(reference.normalise(text)) is not None


def is_whole_value(heading: str, value: str) -> bool:
    """Whether a value that all rows have takes nothing away: what came about, not preliminary."""
    words = reference.normalise(value)
    return words in ACHIEVED or (words in _NO and selects(heading) is not None)


def is_colour(text: str) -> bool:
    """Whether a text is a traffic light, which marks a row and selects none."""
    return reference.normalise(text) in _COLOURS


def is_no_category(heading: str) -> bool:
    """Whether a heading beside those of categories is of inhabitants, a rate, a time or money."""
    return _NO_CATEGORY.fullmatch(reference.normalise(heading)) is not None


def voids(text: str) -> bool:
    """Whether a cell says that its row may be none of what is counted: makulerad, dubblett."""
    return _VOID.fullmatch(reference.normalise(text)) is not None


def heads_voids(heading: str) -> bool:
    """Whether what stands in a column may mean that its row is not to be counted."""
    return _VOID_HEADING.fullmatch(reference.normalise(heading)) is not None


def other_unit(text: str) -> str | None:
    """The unit that a head names and no count of persons, cases or days is in."""
    match = _OTHER_UNIT.search(reference.normalise(text))
    return match.group() if match else None


def is_all(text: str) -> bool:
    """Whether a value of a column that splits rows means all of them together."""
    words = reference.normalise(text)
    return words in _ALL or words.startswith(("totalt", "samtliga", "alla "))


def spelled(heading: str, value: str) -> str:
    """A value of a column in words: under `Kön`, 1, 2 and T are men, women and all."""
    return _OF_SEX.get(value.casefold(), value) if _SEXES.fullmatch(heading) else value


def without_part(text: str) -> tuple[str, str]:
    """A heading without the word for a part at its end or beginning, and the word; else empty.

    That is one sex, or what was planned and what came about: `Utskrivna (utfall)`.
    """
    words = reference.normalise(text).split()
    for at in (-1, 0) if len(words) > 1 else ():
        part = words[at].strip("()[],:-")
        if any(part in sex for sex in _SEX) or part in ACHIEVED or is_planned(part):
            words.pop(at)
            return " ".join(words).strip(" ,:-"), part
    return text, ""


def achieved(parts: Collection[str]) -> str | None:
    """The one part that has come about, where the others are of what was planned."""
    came = [part for part in parts if reference.normalise(part) in ACHIEVED]
    others = [part for part in parts if part not in came]
    planned = all(part and is_planned(part) for part in others)
    return came[0] if len(came) == 1 and planned else None


def part_in(text: str) -> str | None:
    """The one sex that a title names, or the ages that it is; None for none, and for both."""
    words = reference.normalise(text)
    sexes = set(_WORD.findall(words)) & {"kvinnor", "män"}
    if sexes:
        return sexes.pop() if len(sexes) == 1 else None
    return words if _AGE.fullmatch(words) else None


def whole(values: Collection[str]) -> bool:
    """Whether different values are known to make a whole: both sexes, or every age from 0 on."""
    words = {reference.normalise(value) for value in values} - _SEX_UNKNOWN
    if len(words) < 2:
        return False
    if all(any(word in sex for sex in _SEX) for word in words):
        return all(sum(word in sex for word in words) == 1 for sex in _SEX)
    return _every_age(words)


def _every_age(words: Collection[str]) -> bool:
    spans = []
    for word in words:
        match = _AGE.fullmatch(word)
        if match is None:
            return False
        opened = match[2] is None and not word.rstrip(" år").isdigit()
        spans.append((int(match[1]), None if opened else int(match[2] or match[1])))
    spans.sort(key=lambda span: span[0])
    begins = [first for first, _ in spans]
    ends = [last for _, last in spans]
    return (
        begins[0] == 0
        and ends[-1] is None
        and all(
            end is not None and following == end + 1
            for end, following in zip(ends, begins[1:], strict=False)
        )
    )
