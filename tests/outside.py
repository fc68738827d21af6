"""A dataset from outside: one declaration of an export and its indicators' blocks, nothing else."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from loaders import exports
from metrics import catalogue
from recalculation import declared as anew

DECLARATION = '''
"""SIP: how many individual plans were made, per municipality and month."""

from loaders import kinds
from loaders.declaration import Column, Export, PartOf
from loaders.exports.shared_columns import CARE_FORM, MONTH, MUNICIPALITY

EXPORT = Export(
    key="sip",
    title="Samordnade individuella planer, antal per kommun och månad",
    dataset="sip",
    columns=(
        MONTH,
        MUNICIPALITY,
        CARE_FORM,
        Column(
            key="target_group", label="Målgrupp", kind=kinds.CHOICE,
            choices={"vuxna": "vuxna", "barn": "barn"}, names=("grupp",),
        ),
        Column(key="plans", label="Antal SIP", kind=kinds.COUNT, required=True, names=("sip",)),
        Column(key="followed", label="Uppföljda SIP", kind=kinds.COUNT, names=("uppföljda",)),
    ),
    rules=(PartOf(parts=("followed",), whole="plans"),),
)
'''
BLOCKS = """
[sip_made]
name = "Gjorda samordnade individuella planer"
short = "Gjorda SIP"
unit = "antal"
decimals = 0
direction = "neutral"
dataset = "sip"
calculation = "sum"
counts = "persons"
numerator = "plans"
levels = ["county", "area", "municipality"]
definition = "Antal planer som gjordes under månaden."
caveats = "Fler planer är inte alltid bättre."
source = "Kommunernas redovisning"

[sip_followed_share]
name = "Andel uppföljda samordnade individuella planer"
short = "Uppföljda SIP"
unit = "%"
decimals = 1
direction = "higher"
dataset = "sip"
calculation = "ratio"
counts = "persons"
numerator = "followed"
denominator = "plans"
per = 100
levels = ["county", "area", "municipality"]
definition = "Andelen av månadens planer som har följts upp."
caveats = "Senare månader har haft kortare tid på sig."
source = "Kommunernas redovisning"
"""


@contextmanager
def declared(folder: Path) -> Iterator[None]:
    """Within the block the declaration and the blocks are among those of the program."""
    own = folder / "exports"
    own.mkdir()
    (own / "sip.py").write_text(DECLARATION, encoding="utf-8")
    shutil.copy(catalogue._HERE / "catalogue.toml", folder)
    with (folder / "catalogue.toml").open("a", encoding="utf-8") as file:
        file.write(BLOCKS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports, "__path__", [*exports.__path__, str(own)])
        patch.setattr(catalogue, "_HERE", folder)
        patch.setattr(anew, "CATALOGUE", folder / "catalogue.toml")
        exports.exports.cache_clear()
        catalogue._shipped.cache_clear()
        try:
            yield
        finally:
            sys.modules.pop("loaders.exports.sip", None)
            exports.exports.cache_clear()
            catalogue._shipped.cache_clear()
