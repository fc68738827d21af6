"""Every discharge export gives what its table of expected values says, and nothing else."""

import csv
from pathlib import Path

import pytest

from tests.loaders.conftest import Check, Key

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
FILES = {
    "utskrivningsklar_2018-10_2020-12.csv": "utskrivningsklar_2018-10_2020-12.csv",
    "utskrivningsklar_2019-07.xlsx": "utskrivningsklar_2019-07.csv",
    "utskrivningsklar_2020_manader.xlsx": "utskrivningsklar_2020_manader.csv",
    "utskrivningsklar_2020_manader.xls": "utskrivningsklar_2020_manader.csv",
    "vardtillfallen_2019_kv2.csv": "vardtillfallen_2019_kv2.csv",
}
DIMENSIONS = ("month", "code", "hospital", "care_form")


def expected(name: str) -> dict[Key, float | str]:
    facts: dict[Key, float | str] = {}
    with (EXPORTS / "expected" / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            care_form = row.get("care_form")
            place = (row["month"], row["code"], row.get("hospital"))
            for measure, text in row.items():
                if measure in DIMENSIONS or text == "":
                    continue
                key = (*place, care_form.lower() if care_form else None, measure)
                facts[key] = "confidential" if text == ".." else float(text)
    return facts


@pytest.mark.parametrize(("file", "table"), FILES.items())
def test_the_file_holds_exactly_what_is_expected(check: Check, file: str, table: str) -> None:
    found = check(EXPORTS / file)
    assert found.problems == ()
    assert found.facts == expected(table)
