"""The words that make a text mean a total, and what is left of a text without them."""

import re

import reference

_TOTAL = re.compile(
    r"total(t|a|en|summa)?|(del|slut)?summan?|summering|sum|s:[an]|tot\.?|samtliga|alla|hela|grand|"
    r"totalsum|overall|ialt|insgesamt|gesamt|yhteensä|razem|"
    r"sammanlagt|sammantaget|ack\.?|ackumulerat|helår(et)?|riket|båda|genomsnitt|snitt|"
    r"medel(värde|tal)?"
)
_MEAN = re.compile(r"(genomsnitt\w*|snitt|medel(värde|tal)?|median)")
_SUM = re.compile(r"((del|slut|total)?summan?|summering|sum|s:[an]|totalt|tot\.?)")
_BESIDE = re.compile(
    r"för|av|i|och|antal|(delregion|((vård)?samverkans)?område)(e?[nt])?|vårdsamverkan|"
    r"kommun(er|erna)?|patienter|län(et)?|region(en)?|år(et)?|\d+"
)
_CATEGORIES = re.compile(r"sjukhus(en)?|vårdform(er|erna)?|process(er|erna)?|kategori(er|erna)?")
_SOMATIC = re.compile(r"soma(tik|tisk)?")
_PSYCHIATRIC = re.compile(r"psyk(iatri|iatrisk)?")
_BREAK = re.compile(r"[\s()\[\],;+&|/]+|:(?=\s|$)")
_DASHES = frozenset("-–—")


def without_total(text: str) -> tuple[bool, str]:
    """Whether a text has a word for totals, and its words without such and without fillers."""
    words = _words(text)
    left = [word for word in words if not (_TOTAL.fullmatch(word) or _BESIDE.fullmatch(word))]
    return any(map(_TOTAL.fullmatch, words)), " ".join(left)


def is_total(text: str) -> bool:
    """Whether the text alone means a total: of places, hospitals, care forms or months."""
    said, left = without_total(text)
    words = [word for word in left.split() if not _CATEGORIES.fullmatch(word)]
    if any(map(_SOMATIC.fullmatch, words)) and any(map(_PSYCHIATRIC.fullmatch, words)):
        said = True
        forms = (_SOMATIC, _PSYCHIATRIC, re.compile("vård"))
        words = [word for word in words if not any(form.fullmatch(word) for form in forms)]
    return not words and (said or "länet" in _words(text))


def is_mean(text: str) -> bool:
    """Whether a text speaks of a mean or a median, which no sum is."""
    return any(map(_MEAN.fullmatch, _words(text)))


def is_sum(text: str) -> bool:
    """Whether the text says that its row is a sum: `Summa`, `Delsumma A`, `A totalt`.

    The whole county's own row does not, even if it says that it is in all.
    """
    words = _words(text)
    if "länet" in words:
        return False
    return any(map(_SUM.fullmatch, (words[:1] + words[-1:]))) or words == ["total"]


def _words(text: str) -> list[str]:
    parts = _BREAK.split(reference.normalise(text))
    return [part for part in parts if part and part not in _DASHES]
