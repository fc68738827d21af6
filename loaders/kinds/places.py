"""Places of any level: what a text names, and its meaning in a column of places."""

import re
from dataclasses import dataclass

import reference
from loaders.kinds.total_words import is_sum, is_total, without_total

_COUNTY = re.compile(r"(\d\d )?[^\W\d]+ län")
# Homes that nobody knows, and groups that are no sum of the county's municipalities.
_ASIDE = re.compile(
    r"(okän[dt]a?|uppgift saknas|saknas?|ej angiven|ej angivet|oangiven|skydda[dt]e?|sekretess\w*|"
    r"tomt?|blank|övriga?|utan fast bostad|ospecificera[dt]|hemlig|"
    r"asylsökande|papperslösa?|utländska? medborgare|ej folkbokförda?)"
    r"( (identitet|kommun(er)?|hemkommun|hemort|folkbokföringskommun|uppgift(er)?|"
    r"personuppgifter|adress|boende))?|"
    r"(alla|samtliga|liknande|övriga) (kommuner|regioner|län)( .*)?|"
    r"riket( .*)?|sverige|"
    r"(storst(ad|äder)|stor(re)? st(ad|äder)|större st(ad|äder)|mindre st(ad|äder)|pendlings\w+|"
    r"(max|min|maximum|minimum|median|medianvärde|standardavvikelse|kvartil \d|percentil \d+)|"
    r"lands(bygds)?kommun\w*|kommungrupp\w*)( .*)?"
)
# `1. Ale`, `Kommun: Ale`, `Ale kn`, `01440`.
_LISTED = re.compile(r"^(\d{1,2}[.)] |kommun ?:? ?|0(?=\d{4}$))|( kn| kmn)$")
# `Ale, Västra Götaland`, `Ale (Västra Götalands län)`, `Ale/1440`.
_BESIDE = re.compile(r"([^,(/]+)(?:, | \(|/)([^()]+)\)?")
_ALL = re.compile(r"(hela )?regionen|[σ∑]|\d+ kommuner")
_PART = re.compile(r"[-–*]* ?(varav|därav)\b.*")
_ELSEWHERE = frozenset(
    {
        "utomläns",
        "utomlän",
        "annat län",
        "andra län",
        "övriga län",
        "utomlänspatienter",
        "utlandet",
        "utland",
    }
)


@dataclass(frozen=True)
class Place:
    """What a text in a municipality column is.

    `kind`: municipality, area, county, total, outside, aside, part, unknown or none; `key` is the
    code, the area's key, or a name to suggest. What is `aside` is a home that nobody knows or a
    group of other places, a `part` is of the place above it: `varav kvinnor`.
    """

    kind: str
    key: str | None = None


def municipality_named(words: str) -> str | None:
    """The code of a municipality, also as a list counts it up or names its county beside it."""
    names = reference.municipality_names()
    if code := names.get(words):
        return code
    if beside := _BESIDE.fullmatch(words):
        words, after = beside.groups()
        if after not in reference.county_names() and names.get(after) != names.get(words, after):
            return None
    return names.get(_LISTED.sub("", words).strip())


def place_named(text: str) -> Place:
    """What a text in a municipality column names."""
    words = reference.normalise(text)
    if not words:
        return Place("unknown" if text.strip() else "none")
    if code := municipality_named(words):
        return Place("municipality", code)
    said, stripped = without_total(words)
    if {words, stripped} & reference.county_names():
        return Place("county")
    if area := reference.area_names().get(words) or reference.area_names().get(stripped):
        return Place("area", area)
    if _PART.fullmatch(words):
        return Place("part")
    if _ASIDE.fullmatch(words) or reference.is_federation(words):
        return Place("aside", text.strip())
    if is_total(words) or _ALL.fullmatch(words):
        return Place("total")
    if name := reference.outside_county().get(words):
        return Place("outside", name)
    if words in _ELSEWHERE or _COUNTY.fullmatch(words):
        return Place("outside", text.strip())
    if said and stripped in reference.municipality_names():
        return Place("total")
    return Place("unknown")


def meaning(text: str) -> tuple[str | None, str]:
    """`municipality:1480`, and the state ok, total, outside-county or unknown-place.

    "Göteborg" is the municipality; the area has its own name. So is "Borås", which may also stand
    for its hospital where only hospitals are meant.
    """
    match place_named(text):
        case Place("municipality", str(code)):
            return f"municipality:{code}", "ok"
        case Place("area", str(key)):
            return f"area:{key}", "ok"
        case Place("county"):
            return f"county:{reference.COUNTY}", "ok"
        case Place("total") if is_sum(text):
            return None, "total"
        case Place("outside", name):
            return name, "outside-county"
        case Place("aside", name):
            return name, "aside"
    if hospital := reference.hospital_names().get(reference.normalise(text)):
        return f"hospital:{hospital}", "ok"
    return None, "unknown-place"
