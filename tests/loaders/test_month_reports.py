"""The month's report rebuilt in other layouts: always the numbers of the original."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import reference
from tests.effort import parametrize_some
from tests.loaders.conftest import Check, Checked
from tests.loaders.sheets import Row, Rows, columns, put, write_workbook
from tests.loaders.test_expected import expected

WANTED = expected("utskrivningsklar_2019-07.csv")
MEASURES = ("discharges", "ready_days", "same_day")
HEADS = ("Antal utskrivna", "Antal dagar", "Utskrivna samma dag")
FORMS = ("Somatik", "Psykiatri")
TITLE: list[Row] = [["Uppföljning utskrivningsklara, juli 2019"], ["Uttaget 2019-08-05"], []]
NOTES: list[Row] = [[], ["1) Utskrivna före meddelande ingår inte."], ["Källa: SAMSA"]]


def numbers(code: str, form: str) -> list[object]:
    found = [WANTED["2019-07", code, None, form.lower(), measure] for measure in MEASURES]
    return [".." if value == "confidential" else int(value) for value in found]


def plus(rows: Sequence[Row]) -> list[object]:
    """The sums of the columns of numbers, as a report with hidden cells gives them."""
    return [
        sum(value for row in rows if isinstance(value := row[column], int))
        for column in range(1, len(rows[0]))
    ]


def together(parts: Sequence[object]) -> object:
    return ".." if ".." in parts else sum(part for part in parts if isinstance(part, int))


def homes(area: str | None = None) -> list[Row]:
    return [
        [home.name, *numbers(home.code, FORMS[0]), *numbers(home.code, FORMS[1])]
        for home in reference.municipalities()
        if area in (None, home.area)
    ]


def body(subtotal: str | None = "{} totalt", total: str | None = "Västra Götaland") -> list[Row]:
    rows: list[Row] = []
    for area in reference.areas():
        rows += homes(area.key)
        if subtotal:
            rows.append([subtotal.format(area.name), *plus(homes(area.key))])
    return [*rows, [total, *plus(homes())]] if total else rows


HEAD: list[Row] = [["Kommun", "Somatik", None, None, "Psykiatri"], [None, *HEADS, *HEADS]]


@pytest.fixture
def read(check: Check, tmp_path: Path) -> Callable[..., Checked]:
    def written(rows: Rows, *, sheet: str = "Blad1", name: str | None = None) -> Checked:
        return check(write_workbook(tmp_path / "rapport.xlsx", {sheet: rows}), name=name)

    return written


Read = Callable[..., Checked]


@parametrize_some(
    ("subtotal", "total"),
    [
        ("Summa {}", "Hela länet"),
        ("Delsumma", "Totalt"),
        ("{} (summa)", "Västra Götalandsregionen"),
        ("Delregion {}", "Samtliga 49 kommuner"),
        ("S:a {}", "S:a"),
        ("Totalt för {}", "Totalt för länet"),
        ("Vårdsamverkan {}", "Region Västra Götaland"),
        (None, None),
    ],
    usual=3,
)
def test_totals_go_by_many_names(read: Read, subtotal: str | None, total: str | None) -> None:
    found = read([*TITLE, *HEAD, *body(subtotal, total), *NOTES])
    assert found.problems == ()
    assert found.facts == WANTED


def test_a_wrong_subtotal_is_told_at_its_cell(read: Read) -> None:
    rows = [list(row) for row in [*TITLE, *HEAD, *body()]]
    (number,) = [number for number, row in enumerate(rows) if row[:1] == ["SIMBA totalt"]]
    value = rows[number][1]
    assert isinstance(value, int)
    rows[number][1] = value + 1
    found = read(rows)
    assert found.at == {("Blad1", f"B{number + 1}", "total-mismatch")}
    assert found.facts == WANTED


@parametrize_some(
    ("title", "sheet", "name"),
    [
        ("Statistik", "juli 2019", None),
        ("Statistik", "2019-07", None),
        ("Statistik 2019", "Juli", None),
        ("Uppföljning för juli månad 2019", "Blad1", None),
        ("Period: 2019-07-01 – 2019-07-31", "Blad1", None),
        ("20190701-20190731", "Blad1", None),
        ("1 juli 2019 - 31 juli 2019", "Blad1", None),
        ("Avser 201907", "Blad1", None),
        ("Statistik", "Blad1", "uppföljning_juli-2019.xlsx"),
        ("Statistik", "Blad1", "201907_utskrivningsklara.xlsx"),
    ],
    usual=4,
)
def test_the_month_stands_somewhere(read: Read, title: str, sheet: str, name: str | None) -> None:
    rows = [[title], ["Uttaget 2019-08-01"], [], *HEAD, *body()]
    found = read(rows, sheet=sheet, name=name)
    assert found.problems == ()
    assert found.facts == WANTED


@pytest.mark.parametrize(
    "title",
    [
        "Utskrivningsklara januari–juli 2019",
        "Utskrivningsklara t.o.m. juli 2019",
        "Ackumulerat juli 2019",
        "2019-01-01 – 2019-07-31",
        "Utskrivningsklara kvartal 3 2019",
        "Juli 2018 och juli 2019",
    ],
)
def test_several_months_together_are_no_month(read: Read, title: str) -> None:
    assert read([[title], [], *HEAD, *body()]).codes == ["missing-column"]


@parametrize_some(
    "label",
    ["Uttaget", "Rapportdatum:", "Datum", "Senast uppdaterad", "Utskriftsdatum", "Skapad"],
    usual=2,
)
@pytest.mark.parametrize("apart", [True, False])
def test_when_the_file_was_made_is_no_month(read: Read, label: str, apart: bool) -> None:
    made = [label, "2019-08-01"] if apart else [f"{label} 2019-08-01"]
    found = read([["Juli 2019"], made, *HEAD, *body()])
    assert found.problems == ()
    assert found.facts == WANTED


@pytest.mark.parametrize("form", ["{0} {1}", "{1} - {0}", "{1} ({0})", "{0}\n{1}", "{1}, {0}"])
def test_a_heading_may_say_care_form_and_measure(read: Read, form: str) -> None:
    head = ["Kommun", *(form.format(care, name.lower()) for care in FORMS for name in HEADS)]
    found = read([*TITLE, head, *body()])
    assert found.problems == ()
    assert found.facts == WANTED


def test_a_year_and_a_month_may_stand_apart_over_the_head(read: Read) -> None:
    found = read([["Uppföljning"], ["År", "2019"], ["Månad", "juli"], *HEAD, *body()])
    assert found.problems == ()
    assert found.facts == WANTED


@parametrize_some(
    "word",
    ["Totalt", "Samtliga", "Alla", "Somatik + psykiatri", "Somatik och psykiatri", "Båda"],
    usual=2,
)
@pytest.mark.parametrize("first", [True, False])
def test_both_care_forms_together_are_not_counted_twice(read: Read, word: str, first: bool) -> None:
    rows: list[Row] = []
    for row in homes():
        both = [together(pair) for pair in zip(row[1:4], row[4:7], strict=True)]
        rows.append([row[0], *both, *row[1:]] if first else [*row, *both])
    over = [word, None, None]
    forms = ["Somatik", None, None, "Psykiatri", None, None]
    head: list[Row] = [
        ["Kommun", *(over + forms if first else forms + over)],
        [None, *HEADS * 3],
    ]
    found = read([*TITLE, *head, *rows])
    assert found.problems == ()
    assert found.facts == WANTED


def half(form: int) -> list[Row]:
    return [["Kommun", *HEADS], *([row[0], *row[1 + 3 * form : 4 + 3 * form]] for row in homes())]


def both_together() -> list[Row]:
    pairs = ((row[0], zip(row[1:4], row[4:7], strict=True)) for row in homes())
    return [["Kommun", *HEADS], *([name, *map(together, both)] for name, both in pairs)]


def test_a_sheet_for_each_care_form_and_one_for_both(check: Check, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        form: [["Juli 2019"], *half(number)] for number, form in enumerate(FORMS)
    }
    path = tmp_path / "rapport.xlsx"
    assert check(write_workbook(path, sheets)).facts == WANTED
    summed: dict[str, Rows] = {"Totalt": [["Juli 2019"], *both_together()], **sheets}
    assert check(write_workbook(path, summed)).facts == WANTED
    unclear: dict[str, Rows] = {**sheets, "Annat": [["Juli 2019"], *both_together()]}
    found = check(write_workbook(path, unclear))
    assert found.at == {("Annat", None, "missing-column")}
    assert found.facts == {}


def test_areas_may_stand_in_a_column_of_their_own(read: Read) -> None:
    head: list[Row] = [["Område", *HEAD[0]], [None, *HEAD[1]]]
    rows: list[Row] = []
    for area in reference.areas():
        rows += [[area.name, *row] for row in homes(area.key)]
        rows.append([f"{area.name} totalt", None, *plus(homes(area.key))])
    found = read([*TITLE, *head, *rows, ["Totalt", None, *plus(homes())]])
    assert found.problems == ()
    assert found.facts == WANTED


def test_a_row_of_units_is_no_data(read: Read) -> None:
    found = read([*TITLE, *HEAD, [None, *["antal", "dagar", "antal"] * 2], *body()])
    assert found.problems == ()
    assert found.facts == WANTED


def test_municipalities_are_found_under_an_empty_corner(read: Read) -> None:
    head: list[Row] = [[None, *HEAD[0][1:]], HEAD[1]]
    found = read([*TITLE, *head, *body()])
    assert found.problems == ()
    assert found.facts == WANTED


def test_the_table_may_stand_anywhere(read: Read) -> None:
    rows = [*TITLE, *HEAD, *put(body(), between=1), *NOTES]
    found = read(put(rows, above=25, left=3))
    assert found.problems == ()
    assert found.facts == WANTED


def test_a_row_for_each_care_form_with_totals(read: Read) -> None:
    rows: list[Row] = [["Kommun", "Vårdform", *HEADS]]
    for row in homes():
        parts = row[1:4], row[4:7]
        rows += [[row[0], form, *part] for form, part in zip(FORMS, parts, strict=True)]
        if ".." not in row:
            rows.append([row[0], "Totalt", *map(together, zip(*parts, strict=True))])
    found = read([*TITLE, *columns(rows, [4, 1, 3, 0, 2]), *NOTES])
    assert found.problems == ()
    assert found.facts == WANTED
