"""What in a title nothing explains: who, where or which of all that is counted it could be of."""

import re
from collections.abc import Collection

import reference
from loaders import kinds
from loaders.declaration import Export
from loaders.mapping import selections, titles, vocabulary
from swedish.periods import parse_month, parse_quarter

_WORD = re.compile(r"[^\W_]+(?:[-:/][^\W_]+)*")
# A title is no longer than this; what is longer, or ends as a sentence does, is prose.
_LONGEST = 14
_PROSE = re.compile(r"[.!?]\s*$")
# What titles say of the table, the file or the county, and not of which part it has.
_OF_ALL = re.compile(
    r"[a-zåäö]|\d[\d.:/,-]*|första|andra|tredje|fjärde|"
    # little words
    r"och|samt|eller|fr|i|på|per|för|av|till|med|som|om|den|det|de|en|ett|vid|hos|enligt|under|efter|"
    r"mellan|från|är|har|var|där|respektive|resp|inom|alla|samtliga|varje|hela|totalt?|total\w*|"
    r"summa\w*|summering|st|tot|ej|år(et|ets|en|svis)?|anno|kl|nr|"
    # what is counted
    r"antal(et)?|patient(er|erna|ers)?|person(er|erna)?|individ(er|erna)?|medborgare|invånar\w*|"
    r"utskriv\w*|skrivits|skrevs|ut|in-|in|vårdtillf\w*|vtf|vtfn|vård(dag|dygn|tid)\w*|"
    r"dag(ar(na)?)?|"
    r"dygn(en)?|kalender\w*|tid(en)?|vård(en|ens|ade)?|slutenvård\w*|sluten|"
    r"sjukhusvård\w*|väntetid\w*|"
    r"genomsnitt\w*|medel(värde|tal|vårdtid|antal)?\w*|snitt|genomsnittlig\w*|belagda|"
    r"avvikels\w*|brist(er|erna)?|ärende\w*|händelse\w*|rapporter\w*|registrer\w*|process\w*|"
    r"kategori\w*|samverkan\w*|vårdsamverkan\w*|befolkning\w*|folkmängd\w*|folkbokför\w*|"
    r"betalningsansvar\w*|trygg\w*|effektiv\w*|varit|nuläge\w*|utfall\w*|övergång(en|ar|arna)?|"
    # where and when
    r"riket|rikets|länsövergripande|länsgemensam\w*|kv|"
    r"kommun(er|erna|ernas|al|ala|vis|nivå)?|hemkommun\w*|region\w*|län(et|ets|s)?|"
    r"sjukhus\w*|lasarett\w*|förvaltning\w*|vårdgivar\w*|hälso-?|sjukvård\w*|"
    r"närsjukvård\w*|närvård\w*|delregion\w*|vårdform\w*|område\w*|vårdsamverkansområde\w*|"
    r"samverkansområde\w*|månad\w*|kvartal\w*|period\w*|tertial\w*|vecka|december|"
    r"(mån|tis|ons|tors?|fre|lör|sön)(dag(en)?)?|"
    r"avser|avseende|gäller|gällande|fördela[dt]e?|fördelning|uppdela[dt]e?|redovisa[dt]e?|"
    # the table, its file and its makers
    r"rapport\w*|månadsrapport\w*|kvartalsrapport\w*|årsrapport\w*|statistik\w*|uppfölj\w*|"
    r"redovisning\w*|sammanställ\w*|underlag\w*|tabell\w*|bilaga\w*|blad\w*|sida|utdata\w*|"
    r"data|uttag\w*|utdrag|fil(en)?|lista|listan|förteckning|register|översikt\w*|resultat\w*|"
    r"utveckling\w*|version|ver|korrigera\w*|revidera\w*|rätta[dt]\w*|slutlig\w*|definitiv\w*|uppdatera\w*|"
    r"export(en)?|forts(ättning(en)?|atta?)?|del|källa|system\w*|ledning\w*|"
    r"scb|skr|sos|nosam|möte\w*|efter|sorterad\w*|sum of|"
    r"nyckeltal\w*|indikator\w*|mått\w*|värde\w*|siffror(na)?|uppgift(er|erna)?|diagram\w*|"
    r"skapa[dt]\w*|framtag\w*|hämta[dt]\w*|publicera\w*|uppgiftslämnare|exempel\w*|demo\w*|test"
)


def unexplained(export: Export, text: str, beside: Collection[str] = ()) -> str | None:
    """The words of a title of what is counted that nothing explains; None where there are none.

    What columns `beside` the numbers are called is explained by them. Prose, and lines that do not
    name what is counted, are no such titles.
    """
    plain = reference.normalise(text)
    words = _WORD.findall(plain)
    if len(words) > _LONGEST or _PROSE.search(text) or titles.is_extract(text):
        return None
    if not any(word in plain for word in (*vocabulary.own_words(export), *_own(export))):
        return None
    hospital = titles.hospital_in(text)
    if hospital and not any(column.kind is kinds.HOSPITAL for column in export.columns):
        return hospital
    rest = titles.without_references(plain)
    for name in _places(hospital):
        if name in rest:
            rest = re.sub(rf"(?<!\w){re.escape(name)}s?(?!\w)", " ", rest)
    left = [
        word
        for word in _WORD.findall(rest)
        # Of a word that selects by itself it is asked elsewhere.
        if not (_is_known(word, export) or word in beside or selections.selects(word))
    ]
    return " ".join(left) or None


def _is_known(word: str, export: Export) -> bool:
    parts = re.split("[-:/]", word)
    return (len(parts) > 1 and all(_is_known(part, export) for part in parts)) or (
        _OF_ALL.fullmatch(word) is not None
        or word in _tokens(export)
        or word in _of_county()
        or any(stem in word for stem in vocabulary.own_words(export))
        or parse_month(f"{word} 2000") is not None
        or parse_month(word) is not None
        or parse_quarter(f"{word} 2000") is not None
        or parse_quarter(word) is not None
    )


@reference.cached
def _own(export: Export) -> tuple[str, ...]:
    """What the measures of an export are called by names that go for nothing else."""
    return tuple(
        vocabulary.heading(name)
        for column in export.measures
        for name in (column.label, *column.names)
        if name not in column.generic
    )


@reference.cached
def _tokens(export: Export) -> frozenset[str]:
    """Every word of the names of columns, choices and categories."""
    return frozenset(
        word for name in vocabulary.spoken_names(export) for word in _WORD.findall(name)
    )


@reference.cached
def _of_county() -> frozenset[str]:
    """Every word of what the county, its forum, systems and makers of reports are called."""
    county = reference.county()
    called = (
        *reference.county_names(), county.forum, county.discharges_system,
        county.deviations_system, county.portal, *county.makers,
    )  # fmt: skip
    return frozenset(word for name in called for word in _WORD.findall(reference.normalise(name)))


@reference.cached
def _places(hospital: str | None) -> tuple[str, ...]:
    """Names of places, and of the hospital that a title names, the longest first."""
    hospitals = {name for name, named in reference.hospital_names().items() if named == hospital}
    names = {
        *reference.municipality_names(), *reference.area_names(), *reference.county_names(),
        *hospitals,
    }  # fmt: skip
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda name: -len(name)))
