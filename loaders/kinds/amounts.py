"""Amounts of money as people write them: `275 000 kr`, `1,350 tkr`, `drygt 33 Mkr`, `10 mnkr`.

A comma or a point before exactly three digits may group thousands or begin decimals. Of kronor and
tkr it is read as a group ("1,350 tkr" is 1 350 tkr), of millions and more as a decimal, and either
way the amount is `ambiguous` and its reading is shown. So it is where the text says "about".
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from swedish import typography

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f\t", " ") | dict.fromkeys("−–", "-"))
_UNITS = {
    "kr": 1,
    "kronor": 1,
    "sek": 1,
    ":-": 1,
    "tkr": 1_000,
    "kkr": 1_000,
    "ksek": 1_000,
    "tsek": 1_000,
    "tusen": 1_000,
    "tusen kr": 1_000,
    "tusen kronor": 1_000,
    "mkr": 1_000_000,
    "mnkr": 1_000_000,
    "msek": 1_000_000,
    "mn kr": 1_000_000,
    "milj": 1_000_000,
    "milj kr": 1_000_000,
    "milj kronor": 1_000_000,
    "miljon": 1_000_000,
    "miljon kr": 1_000_000,
    "miljon kronor": 1_000_000,
    "miljoner": 1_000_000,
    "miljoner kr": 1_000_000,
    "miljoner kronor": 1_000_000,
    "mdkr": 1_000_000_000,
    "mdr": 1_000_000_000,
    "mdr kr": 1_000_000_000,
    "miljard": 1_000_000_000,
    "miljard kr": 1_000_000_000,
    "miljard kronor": 1_000_000_000,
    "miljarder": 1_000_000_000,
    "miljarder kr": 1_000_000_000,
    "miljarder kronor": 1_000_000_000,
}
_AMOUNT = re.compile(
    r"(?:(?P<least>drygt|minst|över|mer än|lägst|åtminstone|>=?|≥)|"
    r"(?P<most>högst|max(?:imalt)?|upp till|som mest|<=|≤)|"
    r"(?P<about>ca|cirka|c:a|omkring|ungefär|runt|knappt|nästan|~|≈))?\s*"
    r"(?:kr|sek)?\s*(?P<number>-?\s?\d[\d ,.]*?)\s*"
    rf"(?P<unit>{'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))})?\.?"
)
_ABBREVIATED = re.compile(r"(?<=[a-zåäö])\.")
_GROUPED = re.compile(r"\d{1,3}(?:(?P<by>[ ,.])\d{3})(?:(?P=by)\d{3})*")
_DECIMAL = re.compile(r"(?:\d+|\d{1,3}(?: \d{3})+)(?:[,.]\d+)?")
_MIXED = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{3})+\.\d+")
_ONE_BREAK = re.compile(r"[1-9]\d{0,2}[,.]\d{3}")
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d) ?")
_IN_HEADING = re.compile(
    r"(?<!\w)(?<!\d )(tkr|kkr|ksek|tsek|tusen(?:tal)? (?:kr|kronor)|mkr|mnkr|msek|"
    r"miljoner (?:kr|kronor)|mdkr|mdr kr|kr|kronor|sek)(?!\w)"
)


@dataclass(frozen=True)
class Amount:
    """A sum of kronor; a `lower` bound where the text says drygt, minst or över.

    An `upper` one is said to be the most; an `ambiguous` one can be read in two ways, or is said to
    be about so much.
    """

    kronor: Decimal
    lower: bool = False
    upper: bool = False
    ambiguous: bool = False

    @property
    def reading(self) -> str:
        """`1 350 000 kr`, with decimals only where there are any."""
        decimals = 0 if self.kronor == self.kronor.to_integral_value() else 2
        return f"{typography.number(self.kronor, decimals)}\u00a0kr"


def amount(text: str) -> Amount | None:
    """The amount that a text says, or None where it says none. A bare number is kronor."""
    plain = " ".join(text.translate(_SPACES).casefold().split())
    match = _AMOUNT.fullmatch(_ABBREVIATED.sub("", plain))
    if match is None:
        return None
    scale = _UNITS.get(match["unit"] or "kr", 1)
    written = match["number"].strip()
    negative = written.startswith("-")
    written = written.removeprefix("-").strip()
    ambiguous = _ONE_BREAK.fullmatch(written) is not None
    number = _number(written, grouped=not ambiguous or scale <= 1_000)
    if number is None:
        return None
    return Amount(
        kronor=number * scale * (-1 if negative else 1),
        lower=match["least"] is not None,
        upper=match["most"] is not None,
        ambiguous=ambiguous or match["about"] is not None,
    )


def _number(text: str, *, grouped: bool) -> Decimal | None:
    """The number; commas and points before three digits are groups where `grouped` allows."""
    if _MIXED.fullmatch(text):
        decimal = max(text.rfind(","), text.rfind("."))
        return Decimal(re.sub("[,.]", "", text[:decimal]) + "." + text[decimal + 1 :])
    match = _GROUPED.fullmatch(text)
    if grouped and match and not text.startswith("0"):
        return Decimal(text.replace(match["by"], ""))
    if _DECIMAL.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", "."))
    return None


def unit_in(heading: str) -> str | None:
    """The unit that a heading or a title gives its numbers: `tkr` of `Tilldelat (tkr)`.

    An amount in a title gives none: `Fördelning av 33 Mkr`.
    """
    plain = " ".join(heading.translate(_SPACES).casefold().replace("_", " ").split())
    match = _IN_HEADING.search(_A_YEAR.sub("", plain))
    return match[1].replace("tusental", "tusen") if match else None
