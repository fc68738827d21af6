"""Tables as agencies give them to programs, read as any other file: the same numbers, or a fault.

The shapes are those of Statistics Sweden's PxWebApi 2 and PX files, and of Kolada's API 3.
"""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

import pipeline
from loaders.problems import Refused
from loaders.reading.statistical import reading
from tests.loaders.written import Read, read

TRUTH = [
    ("2023", "1401", 39_000.0),
    ("2023", "1402", 40_000.0),
    ("2024", "1401", 39_500.0),
    ("2024", "1402", 40_100.0),
]
VALUES = [19500, 19700, 19500, 19800, 20000, 20050, 20000, 20050]


def _category(labels: dict[str, str]) -> dict[str, Any]:
    return {"index": {code: at for at, code in enumerate(labels)}, "label": labels}


CUBE: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "Folkmängd efter region, ålder, kön, tabellinnehåll och år",
    "source": "SCB",
    "updated": "2026-02-20T07:00:00Z",
    "id": ["Region", "Alder", "Kon", "ContentsCode", "Tid"],
    "size": [2, 1, 2, 1, 2],
    "dimension": {
        "Region": {
            "label": "region",
            "category": _category({"1401": "Härryda", "1402": "Partille"}),
        },
        "Alder": {"label": "ålder", "category": _category({"tot": "totalt ålder"})},
        "Kon": {"label": "kön", "category": _category({"1": "män", "2": "kvinnor"})},
        "ContentsCode": {
            "label": "tabellinnehåll",
            "category": _category({"BE0101N1": "Folkmängd"}),
        },
        "Tid": {"label": "år", "category": {"index": ["2023", "2024"]}},
    },
    "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
    "value": VALUES,
    "extension": {"px": {"tableid": "TAB638", "decimals": 0}},
}  # fmt: skip
PX = """CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="sv";
CONTENTS="Folkmängd";
TITLE="Folkmängd efter region, ålder, kön "
"och år";
UNITS="antal";
STUB="region","ålder","kön";
HEADING="år";
VALUES("region")="Härryda","Partille";
VALUES("ålder")="totalt ålder";
VALUES("kön")="män","kvinnor";
VALUES("år")="2023","2024";
VALUES[en]("år")="2023","2024";
TIMEVAL("år")=TLIST(A1),"2023","2024";
CODES("region")="1401","1402";
SOURCE="SCB";
NOTE="Uppgifterna; skyddas = inte.";
DATA=
19500 19700
19500 19800
20000 20050
20000 20050;
"""


def _read(
    folder: Path, content: str | dict[str, Any], *, name: str, encoding: str = "utf-8"
) -> Read:
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_bytes(text.encode(encoding))
    return read(path)


def _changed(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(CUBE), **changes}


SPARSE = {str(at): value for at, value in enumerate(VALUES)}


@pytest.mark.parametrize(
    ("content", "encoding"),
    [(CUBE, "utf-8"), (_changed(value=SPARSE), "utf-8-sig"), (PX, "cp1252"), (PX, "cp850")],
)
def test_inhabitants_are_read_as_from_any_file(
    content: str | dict[str, Any], encoding: str, data: Path
) -> None:
    told = _read(data, content, name="tabell", encoding=encoding)
    assert (told.export, told.problems) == ("befolkning", ())
    assert told.table("period", "municipality", "value") == TRUTH


def test_every_cell_is_in_the_receipt(data: Path) -> None:
    path = data / "tabell.json"
    path.write_text(json.dumps(CUBE), encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.receipt is not None
        counted = sum(part.cells for part in file.receipt.parts)
    # A title, a head of five, eight rows of five, and the source.
    assert counted == file.receipt.cells == 1 + 5 + 8 * 5 + 1


def test_what_is_missing_stays_missing_and_is_never_zero(data: Path) -> None:
    values = [None, *VALUES[1:]]
    for states, state in (
        ({"0": "."}, "not-applicable"),
        ({"0": ".."}, "confidential"),
        ({}, "missing"),
    ):
        told = _read(data, _changed(value=values, status=states), name="t.json")
        assert state in {row["state"] for row in told.rows}
        assert ("2023", "1401", None) in told.table("period", "municipality", "value")


def test_a_part_of_the_people_is_asked_about(data: Path) -> None:
    women = _changed(size=[2, 1, 1, 1, 2], value=VALUES[4:])
    women["dimension"]["Kon"]["category"] = _category({"2": "kvinnor"})
    old = _changed()
    old["dimension"]["Alder"]["category"] = _category({"65+": "65+ år"})
    for cube in (women, old):
        told = _read(data, cube, name="t.json")
        assert "partial-data" in told.codes or any("question" in code for code in told.codes), told


def test_a_unit_of_more_than_one_is_in_the_heading() -> None:
    cube = json.dumps(_changed(), ensure_ascii=False).replace(
        '"label": {"BE0101N1": "Folkmängd"}',
        '"label": {"BE0101N1": "Folkmängd"}, "unit": {"BE0101N1": {"base": "tusental"}}',
    )
    for (grid, *_), _ in (reading.of_json(cube.encode()), reading.of_px(_in_thousands(PX))):
        (head,) = [row for row in grid.rows if row[0] == "region"]
        assert head[-1] == "Folkmängd (tusental)"


def _in_thousands(px: str) -> str:
    unit = re.search(r'UNITS="[^"]*";', px)
    return px.replace(unit[0], 'UNITS="tusental";') if unit else f'UNITS="tusental";\n{px}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps(CUBE)[:-200], "avklippt"),
        (json.dumps({"class": "dataset", "id": ["a"]}), "inte hel"),
        (json.dumps(_changed(value=VALUES[:-1])), "inte hel"),
        (json.dumps(_changed(size=[2, 1, 2, 1, 3])), "inte hel"),
        (json.dumps(_changed(size=[3000, 1000, 2, 1, 2])), "fler än"),
        (json.dumps(_changed(value={"-1": 5})), "inte hel"),
        (json.dumps(_changed(value={"8": 5})), "inte hel"),
        (json.dumps(CUBE).replace('{"1": 0, "2": 1}', '{"1": 0, "2": 0}'), "inte hel"),
        (json.dumps({"people": 3}), "varken JSON-stat"),
        ('{"a":' * 50_000, "avklippt"),
        (PX.replace(" 20050;", ";"), "avklippt"),
        (PX[: PX.index("DATA=")], "inga uppgifter"),
        (PX.replace('VALUES("kön")', 'VALUES("sex")'), "värden eller koder saknas för kön"),
    ],
)
def test_what_is_not_whole_is_refused(content: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        if content.startswith("{"):
            reading.of_json(content.encode())
        else:
            reading.of_px(content)
    assert refused.value.problem.code in ("not-a-spreadsheet", "too-large")
    assert said in refused.value.problem.message


def test_a_file_that_is_cut_off_is_a_fault_like_any_other(data: Path) -> None:
    assert _read(data, json.dumps(CUBE)[:-200], name="t.json").codes == ["not-a-spreadsheet"]


def test_an_identity_number_anywhere_is_refused(data: Path) -> None:
    told = _read(data, _changed(note=["Fråga 19121212-1212"]), name="t.json")
    assert told.codes == ["personal-identity-number"]
    told = _read(data, PX.replace("skyddas = inte", "19121212-1212"), name="t.px")
    assert told.codes == ["personal-identity-number"]


def test_an_answer_of_kolada_is_its_values_of_both_sexes(data: Path) -> None:
    (data / "data").mkdir()
    (data / "data" / "indicators.toml").write_text(
        '[n79176]\nname = "Mått"\nshort = "Mått"\nunit = "dagar"\ndecimals = 1\n'
        'direction = "neutral"\ncalculation = "value"\ncounts = "none"\ndefinition = "D"\n'
        'source = "Kolada"\ngrain = "year"\nlevels = ["municipality"]\n',
        encoding="utf-8",
    )

    def value(sex: str, number: float | None, status: str = "") -> dict[str, Any]:
        return {"gender": sex, "count": 1, "status": status, "value": number, "isdeleted": False}

    def of(place: str, *values: dict[str, Any]) -> dict[str, Any]:
        return {"kpi": "N79176", "municipality": place, "period": 2024, "values": list(values)}

    page = {
        "values": [
            of("1401", value("T", 12.5), value("K", 13.0), value("M", 12.0)),
            of("1402", value("T", None, "Missing")),
            of("1440", value("T", None, "Privacy")),
        ],
        "count": 3,
        "next_url": None,
    }
    for document in (page, {"kolada": [{"values": [{"id": "N79176", "title": "Mått"}]}, page]}):
        told = _read(data, document, name="t.json")
        assert (told.export, told.problems) == ("indikatorer", ())
        assert told.table("indicator", "place", "period", "value", "value_state") == [
            ("n79176", "municipality:1401", "2024", 12.5, "ok"),
            ("n79176", "municipality:1402", "2024", None, "missing"),
            ("n79176", "municipality:1440", "2024", None, "confidential"),
        ]
