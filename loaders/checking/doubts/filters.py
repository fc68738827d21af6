"""Lines above a table that say what its rows were selected by, and those that select nothing."""

import re
from collections.abc import Sequence

import reference
from loaders.checking.doubts.questions import one_part, whether
from loaders.declaration import Export
from loaders.kinds.places import place_named
from loaders.locating.located import Located
from loaders.locating.tables import SheetTable
from loaders.mapping import selections, titles, vocabulary
from loaders.problems import Problem
from loaders.questions import Answers

FREE = re.compile(
    r"kommentar\w*|anm(\.|ärkning\w*)?|notering\w*|not(er)?|beskrivning\w*|fritext|fri text|text|"
    r"åtgärd\w*|orsak\w*|länk|url|källa|handläggare|kontakt\w*|ansvarig\w*|e-?post|telefon\w*|info\w*"
)
LABELS = re.compile(
    r"län(et|skod)?|region(en)?|huvudman|år(tal)?|kvartal|månad(snummer|en)?|källsystem|system|källa|"
    r"enhet|mått|variabel|innehåll|delregion|(vård)?samverkansområde|område|kommunalförbund|"
    r"tabellinnehåll|kommun(kod|nr|namn)?|sjukhus\w*|förvaltning|kod|"
    r"(kpi|municipality|region)[_ ](id|code|type)"
)
# Lines above a table that tell of the file itself.
_OF_THE_FILE = re.compile(
    r"(rapport|mall|titel|rubrik|tabell|blad|fil|version|period|tid|datum|sekretess|sida|användare|"
    r"användarnamn|diarie(nr|nummer)|dnr|mottagare|avsändare|skapad|framtagen|organisation|verksamhet|"
    r"applied filters|"
    r"filter|beställ|databas|"
    r"(antal )?rader|(rad|kolumn)etiketter|(row|column) labels|värden|"
    r"server|definition|förklaring|obs|avser|mätperiod|uppföljning|statistik)"
)
_SEVERAL = re.compile(r"\(?(flera (objekt|värden)|multiple items)\)?")
# A condition as a query or a report writes it: `kon = 'K'`, `alder >= 65`, `typ in (1, 2)`.
_CONDITION = re.compile(
    r"(\w+)\s*(?:<>|!=|[<>]=|=|<|>|\bnot in\b|\bin\b|\blike\b|\bbetween\b)\s*"
    r"('[^']*'|\"[^\"]*\"|\([^)]*\)|\w[\w.-]*)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(--|#|//|/\*|')|.*\b(where|filter)\b", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-\d\d(?!\d)")
_DAY_OR_BETWEEN = re.compile(rf"{_DAY.pattern}|[-–—]|\b(från|till|t\.?o\.?m\b\.?|och med)", re.I)


def filters(table: SheetTable, located: Located, answers: Answers) -> list[Problem]:
    """Lines above the head that say what was selected: `Klinik: Medicin`, or in two cells."""
    problems = []
    for row in table.sheet.top[: table.head.start]:
        for label, value in _labelled(list(dict.fromkeys(text for text in row if text))):
            if not value.strip() or is_benign(label, value, located.export):
                continue
            name = f"{label.strip(' :')}: {value.strip()}"
            if not answers.whole(name):
                problems.append(one_part(label.strip(" :"), value.strip(), table, key=name))
    return problems


def _labelled(texts: Sequence[str]) -> list[tuple[str, str]]:
    """The labels of a line with what they say: of each cell by itself, or of two together."""
    parted = [(label, value) for label, _, value in (text.partition(":") for text in texts)]
    if all(value.strip() for _, value in parted):
        return parted
    return [(texts[0], texts[1])] if len(texts) == 2 else []


def conditions(table: SheetTable, export: Export, answers: Answers) -> list[Problem]:
    """Comment lines above the head with the condition that the rows were selected by."""
    problems = []
    for text in dict.fromkeys(table.above):
        if not _COMMENT.match(text) or answers.whole(text):
            continue
        chosen = (
            condition[0]
            for condition in _CONDITION.finditer(text)
            if not is_benign(condition[1], condition[2].strip("'\"()"), export)
        )
        if condition := next(chosen, None):
            problems.append(whether(text, condition, table))
    return problems


def is_benign(label: str, value: str, export: Export) -> bool:
    """Whether a line above the head tells of the file, or of what is read from it anyway."""
    words = reference.normalise(label.strip("# "))
    named = vocabulary.headings(export).key(label) or vocabulary.dimension_of(export, value)
    if _SEVERAL.fullmatch(reference.normalise(value)):
        return False
    return (
        titles.is_extract(label)
        or bool(FREE.match(words) or LABELS.match(words) or _OF_THE_FILE.match(words))
        or selections.is_all(value)
        or titles.is_extract(value)
        or titles.is_day(value)
        or _is_span(value)
        or titles.year_in(value) is not None
        or titles.month_in(value) is not None
        or place_named(value).kind != "unknown"
        or (not export.cases and vocabulary.headings(export).key(value) is not None)
        or (named is not None and _is_told(named[0], export))
        or any(
            word in reference.normalise(f"{label} {value}") for word in vocabulary.own_words(export)
        )
    )


def _is_told(key: str, export: Export) -> bool:
    """Whether what a line says of a column is told of all rows; of single cases it leaves some out.

    A load of cases is of all there are in its time and places.
    """
    kind = export.column(key).kind
    return not export.cases or kind.period or kind.place


def _is_span(text: str) -> bool:
    """Whether a text is nothing but days and what stands between them; which they are is asked
    about elsewhere."""
    return bool(_DAY.search(text)) and not _DAY_OR_BETWEEN.sub("", text).strip()
