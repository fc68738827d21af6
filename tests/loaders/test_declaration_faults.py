"""An export that no file could be read by is refused where it is declared, in Swedish."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from loaders import exports, kinds
from loaders.declaration import Column, Export, MeanOf, PartOf
from loaders.declaration_faults import fault
from loaders.exports.shared_columns import MONTH, MUNICIPALITY
from settings import SettingsError
from tests.loaders.conftest import Check

VISITS = Column(key="visits", label="Besök", kind=kinds.COUNT, required=True)
EXPORT = Export(
    key="besok",
    title="Besök per kommun och månad",
    dataset="visits",
    columns=(MONTH, MUNICIPALITY, VISITS),
)


def having(**lines: object) -> Export:
    """The export with one column more."""
    column = replace(VISITS, **{"key": "more", "label": "Mer", **lines})  # type: ignore[arg-type]
    return replace(EXPORT, columns=(*EXPORT.columns, column))


@pytest.mark.parametrize(
    ("export", "said"),
    [
        (None, "EXPORT ska vara en Export"),
        (replace(EXPORT, columns=VISITS), "ska vara en tupel av kolumner"),  # type: ignore[arg-type]
        (replace(EXPORT, key="å b"), "'key' ska vara små bokstäver"),
        (replace(EXPORT, key="medel"), "en annan export har nyckeln 'medel'"),
        (replace(EXPORT, columns=(MONTH, VISITS)), "har kommuner (MUNICIPALITY)"),
        (replace(EXPORT, columns=(MONTH, MUNICIPALITY)), "antal (COUNT) eller belopp"),
        (replace(EXPORT, columns=EXPORT.columns[1:]), "en kolumn med perioder"),
        (replace(EXPORT, columns=(*EXPORT.columns, VISITS)), "flera kolumner har nyckeln 'visits'"),
        (having(label="Besök"), "flera kolumner har rubriken 'Besök'"),
        (having(key="state"), "kan inte ha nyckeln 'state'"),
        (having(key="select"), "kan inte ha nyckeln 'select'"),
        (having(kind=kinds.CHOICE), "[more]: 'choices' saknas"),
        (having(kind=kinds.CATEGORY), "[more]: 'categories' saknas"),
        (having(kind=kinds.NUMBER), "[more]: en tabell av antal har platser"),
        (having(kind=kinds.AMOUNT), "ska ha counts = 'money', men har 'persons'"),
        (having(kind=kinds.HOSPITAL), "kolumnen av slaget hospital ska ha nyckeln 'hospital'"),
        (having(kind=kinds.MEAN), "[more]: ett medelvärde kontrolleras bara"),
        (having(names="mer"), "[more]: 'names' ska vara en tupel"),
        (replace(EXPORT, rules=(PartOf(parts=("few",), whole="visits"),)), "'few' finns inte"),
        (replace(EXPORT, rules=(MeanOf(mean="m", total="visits", count="n"),)), "'m' finns inte"),
    ],
)
def test_what_cannot_be_read_is_refused(export: object, said: str) -> None:
    assert said in fault(export, taken=["medel"])


GRANTS = replace(VISITS, key="granted", label="Beviljat", kind=kinds.AMOUNT, counts="money")


def test_what_can_be_read_is_not() -> None:
    told = [fault(one) for one in (EXPORT, *exports.exports(), having(**vars(GRANTS)))]
    assert not any(told)


@pytest.mark.parametrize(
    ("head", "texts", "kronor"),
    [
        ("Beviljat", ("275 000 kr", "350 tkr"), [275000, 350000]),
        ("Beviljat (tkr)", ("275", "350,5"), [275000, 350500]),
        ("Beviljat", ("drygt 3 tkr", "3"), []),
        ("Beviljat", ("1,350 tkr", "3"), []),
    ],
)
def test_amounts_in_a_table_are_kronor_and_no_bound_or_guess_is_added_up(
    head: str, texts: tuple[str, str], kronor: list[float], check: Check, tmp_path: Path
) -> None:
    one, other = texts
    path = tmp_path / "a.csv"
    text = f"Månad;Kommun;{head}\n2026-01;Borås;{one}\n2026-01;Mark;{other}\n"
    path.write_text(text, encoding="utf-8")
    found = check(path, declared=[replace(EXPORT, columns=(MONTH, MUNICIPALITY, GRANTS))])
    assert list(found.facts.values()) == kronor
    assert found.codes == ([] if kronor else ["not-a-number"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("EXPORT = 1", "bad.py: EXPORT ska vara en Export."),
        ("EXPORT = Exprt()", "bad.py: går inte att läsa (NameError: name 'Exprt' is not defined)."),
    ],
)
def test_the_file_is_named(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(exports, "__path__", [str(tmp_path)])
    monkeypatch.delitem(sys.modules, "loaders.exports.bad", raising=False)
    with pytest.raises(SettingsError, match=r"bad\.py") as told:
        exports._by_file()
    assert str(told.value).endswith(said)
