"""The measures that indicators are made of, as users read them, and what they count."""

from pathlib import Path

import pytest

import reference
from metrics import catalogue
from metrics.catalogue import indicator, measured
from metrics.datasets.dataset import Measure
from settings import SettingsError


def test_measures_read_as_text() -> None:
    chosen = indicator("mean_days")
    assert measured(chosen.numerator, chosen.dataset) == "vårddagar som utskrivningsklar"
    assert measured("discharges + before_notice", "discharges") == (
        "utskrivna utskrivningsklara och utskrivna före meddelande om utskrivningsklar"
    )
    assert measured("population", "deviations") == "folkbokförda invånare"


def test_a_measure_that_counts_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="counts 'apples'"):
        Measure(name="äpplen", counts="apples")


BLOCK = """
[made]
name = "Gjorda"
short = "Gjorda"
unit = "antal"
decimals = 0
direction = "neutral"
dataset = "discharges"
calculation = "sum"
numerator = "discharges"
definition = "Antal."
caveats = ""
source = "Uttag"
"""
MISTAKES = {
    'grain = "week"': "'grain' ska vara något av month, quarter, year, men är 'week'",
    'grain = "year"': "'grain' ska vara något av month för den här datamängden, men är 'year'",
    'calculation = "mean"': "'calculation' ska vara något av sum, ratio, excess, median, value",
    'calculation = "median"': "'calculation' ska vara något av sum, ratio, excess för den här",
    'calculation = "ratio"': "'denominator' ska finnas när 'calculation' är ratio eller excess",
    'levels = ["stadsdel"]': "'levels' ska vara en lista med ett eller flera av county, area",
    'levels = ["county", "nosam"]': "för den här datamängden, men är 'nosam'",
    "levels = []": "'levels' ska vara en lista med ett",
    'target_kind = "aim"': "'target_kind' ska vara något av goal, liability_limit",
    'dataset = "planer"': "'dataset' ska vara något av discharges, deviations, funds, indicators",
    'numerator = "planer"': "'numerator' ska vara något av discharges, ready_days, same_day",
    'numerator = "discharges + ready_days"': "lägger ihop det som räknar days och persons",
    'counts = "money"': "'counts' ska vara persons, som discharges räknar, men är 'money'",
    "decimal = 0": "uppgiften 'decimal' finns inte. Tillåtna är name",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_in_a_block_is_told_in_swedish(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_HERE", tmp_path)
    own = line.split(" = ")[0]
    lines = [one for one in BLOCK.splitlines() if not one.startswith(f"{own} =")]
    (tmp_path / "catalogue.toml").write_text("\n".join([*lines, line]), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        catalogue._shipped.__wrapped__(reference.county())
    assert f"{tmp_path / 'catalogue.toml'}: [made]: " in str(caught.value)
    assert MISTAKES[line] in str(caught.value)


def test_what_one_unit_counts_may_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_HERE", tmp_path)
    (tmp_path / "catalogue.toml").write_text(
        BLOCK.replace('"discharges"\ndef', '"ready_days"\ndef'), encoding="utf-8"
    )
    assert catalogue._shipped.__wrapped__(reference.county())["made"].counts == "persons"
