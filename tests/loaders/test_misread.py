"""Files that were read wrongly once: each is read right, asked about or refused with advice."""

from pathlib import Path

import pytest

from loaders.questions import Answers
from tests.loaders.sheets import Row
from tests.loaders.written import read, write

FILES = Path(__file__).parents[1] / "data" / "messy"


def test_a_month_that_has_not_been_is_no_month() -> None:
    found = read(FILES / "future_month_2062.csv")
    assert found.codes == ["not-a-period"] * 3
    assert "nästa månad" in found.problems[0].message


def test_a_share_is_no_number_of_patients() -> None:
    assert read(FILES / "p_pct_days.xlsx").at == [("not-a-number", "B3")]


def test_a_number_that_became_a_date_is_said_to_be_one() -> None:
    found = read(FILES / "number_turned_into_date.xlsx")
    assert found.at == [("not-a-number", "E2")]
    assert "Excel har gjort ett datum av talet" in found.problems[0].message


def test_a_day_without_its_time_is_compared_as_a_day() -> None:
    found = read(FILES / "stays_discharge_without_time.csv")
    assert found.problems == ()
    sums = {name: 0.0 for name in ("before_notice", "discharges")}
    for row in found.rows:
        if row["measure"] in sums:
            sums[str(row["measure"])] += float(str(row["value"]))
    lines = (
        (FILES / "stays_discharge_without_time.csv").read_text(encoding="utf-8-sig").splitlines()
    )
    days = [(line.split(";")[5][:10], line.split(";")[6]) for line in lines[1:]]
    before = sum(not notice or notice > end for notice, end in days)
    assert sums == {"before_notice": before, "discharges": len(days) - before}


def test_times_with_a_zone_are_swedish_times() -> None:
    found = read(FILES / "stays_with_time_zone.csv")
    assert [row["value"] for row in found.rows if row["measure"] == "ready_days"] == [0]


def test_dos_text_is_read_by_the_names_of_municipalities() -> None:
    found = read(FILES / "med_cp850.csv")
    assert found.problems == ()
    lines = (FILES / "med_cp850.csv").read_text(encoding="cp850").splitlines()[1:]
    right = [(name, float(kr)) for *_, name, kr in (line.split(";") for line in lines)]
    assert ("Härryda", 100_000.0) in right
    assert found.table("recipient", "allocated") == sorted(right, key=str)


def test_a_text_like_a_formula_is_a_text_that_is_told_of() -> None:
    found = read(FILES / "formula_as_process.csv")
    assert found.at == [("unknown-category", "C3"), ("unknown-category", "C4")]
    assert {row["process"] for row in found.rows} >= {"@SUM(1)"}


def test_two_lines_in_a_cell_are_no_number_and_a_raised_mark_is_none(tmp_path: Path) -> None:
    original = FILES / "html_sup_and_br_join_digits.html"
    # The text and the caption above the table are rows, as a spreadsheet shows them.
    assert read(original).at == [("not-a-number", "D5")]
    mended = tmp_path / "fil.html"
    mended.write_text(original.read_text(encoding="utf-8").replace("<br>8", ""), encoding="utf-8")
    assert ("1480", "discharges", 607.0) in read(mended).table("municipality", "measure", "value")


@pytest.mark.parametrize("part", [1, 2])
def test_one_place_has_one_name_among_recipients(part: int) -> None:
    found = read(FILES / f"medel_same_recipient_{part}.csv")
    assert found.table("recipient", "allocated") == [("Ale", 500.0), ("Göteborg", 1000.0)]


def test_an_unknown_municipality_is_no_recipient(tmp_path: Path) -> None:
    rows = "Program;År;Nivå;Mottagare;Tilldelat\nPsykisk hälsa;2024;Kommun;Göteburg;1000\n"
    found = read(write(tmp_path, rows))
    assert found.at == [("unknown-municipality", "D2")]
    assert "Menade du Göteborg?" in found.problems[0].message


@pytest.mark.parametrize("name", ["tot_Okänd_44", "tot_Uppgift_saknas_46"])
def test_homes_that_nobody_knows_are_set_aside(name: str) -> None:
    found = read(FILES / f"{name}.xlsx")
    assert found.problems == ()
    assert len(found.rows) == 96


def test_a_failed_formula_in_what_is_only_checked_is_no_fault() -> None:
    assert "error-cell" not in read(FILES / "errors_div0.xlsx").codes


@pytest.mark.parametrize("sign", ["<5", "≤4", "1–4", "X", "*", "sekretess", ".."])
def test_what_is_hidden_is_hidden_in_many_ways(sign: str, tmp_path: Path) -> None:
    rows = f"Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;{sign};7\n"
    found = read(write(tmp_path, rows))
    assert found.problems == ()
    assert found.table("measure", "state") == [("discharges", "confidential"), ("ready_days", "ok")]


@pytest.mark.parametrize(
    "title",
    [
        "Dnr 2018-00123, juli",
        "Enligt lag (2017:612), juli",
        "Juli, jämfört med 2018",
        "Dnr_2018 juli",
    ],
)
def test_a_number_with_a_year_in_it_is_no_year(title: str, tmp_path: Path) -> None:
    rows: list[Row] = [[title], ["Kommun", "Antal utskrivna", "Antal dagar"], ["Ale", 10, 7]]
    assert read(write(tmp_path, {"Blad1": rows})).codes == ["missing-column"]


@pytest.mark.parametrize("name", ["Utskrivna juli 2019 (2)", "Utskrivna juli 2019 - kopia"])
def test_a_copy_is_named_as_its_original(name: str, tmp_path: Path) -> None:
    rows: list[Row] = [["Kommun", "Antal utskrivna", "Antal dagar"], ["Ale", 10, 7]]
    found = read(write(tmp_path, {"Blad1": rows}, name=name))
    assert {row["period"] for row in found.rows} == {"2019-07"}


# What each file is asked about, by the keys of its questions.
ASKED = {
    "blocker_antal_as_population.csv": ["export"],
    "px_years_only.csv": ["export"],
    "scb_kvinnor_65-69_read_as_population.csv": ["ålder", "kön"],
    "scb_men_only.csv": ["kön"],
    "brister_with_direction.csv": ["Riktning"],
    "title_inom_3_dagar_taken_as_all.xlsx": [
        "Utskrivningsklara inom 3 dagar, juli 2019",
        "title_inom_3_dagar_taken_as_all",
    ],
    "cmp_foreg_aktuell.xlsx": ["Föregående år eller Aktuellt år"],
    "name_190802.xlsx": ["period"],
    "period_from_dnr_2018.xlsx": ["period"],
    "med_per_kommun5.xlsx": ["programme", "level"],
    "sjalvmord_per_100000_read_as_count.xlsx": [
        "Självmord, 5-årsmedelvärde, antal/100 000 invånare (Kolada N61603)",
        "sjalvmord_per_100000_read_as_count",
    ],
}


@pytest.mark.parametrize(("name", "keys"), ASKED.items())
def test_what_could_be_a_part_is_asked(name: str, keys: list[str]) -> None:
    name_of = {"name_190802.xlsx": "190802 Utskrivningsklara.xlsx"}.get(name)
    found = read(FILES / name, name=name_of)
    assert [p.question.key for p in found.problems if p.question] == keys
    assert found.rows == []


# What is right of each file: measure by municipality and period.
RIGHT = {
    "q_antal_only.xlsx": {
        ("2019-07", "1480", "discharges"): 607,
        ("2019-07", "1490", "ready_days"): 20,
    },
    "band_kvinnor_man_second_half_dropped.xlsx": {
        ("2019-07", "1480", "discharges"): 100,
        ("2019-07", "1480", "ready_days"): 70,
    },
    "stack_months_2mun.xlsx": {
        ("2019-06", "1401", "discharges"): 43,
        ("2019-07", "1470", "discharges"): 17,
    },
    "stack_swapped_cols.xlsx": {
        ("2019-07", "1470", "discharges"): 17,
        ("2019-07", "1470", "ready_days"): 13,
    },
    "superscript_footnote_607_read_as_6071.xlsx": {("2019-07", "1480", "discharges"): 607},
    "sbs_top5.xlsx": {("2019-07", "1480", "discharges"): 680},
    "scb_split_by_sex.csv": {("2025", "1401", "population"): 40008},
    "copy_2.xlsx": {("2019-07", "1401", "discharges"): 47},
    "errors_div0.xlsx": {("2019-07", "1401", "ready_days"): 22},
}


@pytest.mark.parametrize(("name", "numbers"), RIGHT.items())
def test_the_numbers_are_right(name: str, numbers: dict[tuple[str, str, str], float]) -> None:
    name_of = {"copy_2.xlsx": "Utskrivningsklara juli 2019 (2).xlsx"}.get(name)
    found = read(FILES / name, name=name_of)
    held = {
        (str(r["period"]), str(r["municipality"]), str(r["measure"])): r["value"]
        for r in found.rows
    }
    assert numbers.items() <= held.items()


def test_labels_that_a_pivot_leaves_blank_are_filled_down() -> None:
    found = read(FILES / "piv_blank_month_mun.xlsx")
    assert found.problems == ()
    assert ("2019-06", "1401", "somatik", 38.0) in found.table(
        "period", "municipality", "care_form", "value"
    )


def test_empty_cells_of_a_matrix_are_missing_and_counted() -> None:
    found = read(FILES / "p_wide_blank_cell.xlsx")
    states = {(r["period"], r["municipality"], r["measure"]): r["state"] for r in found.rows}
    assert len(found.rows) == 12
    assert states["2019-07", "1440", "discharges"] == "missing"
    assert "2 tomma celler räknas som ej rapporterade." in found.receipt


def test_a_required_column_of_formulas_without_values_is_an_error() -> None:
    found = read(FILES / "column_of_formulas_without_values_lost.xlsx")
    assert found.codes == ["formula-without-value"] * 3


def test_the_unit_of_an_amount_may_stand_in_a_column() -> None:
    found = read(FILES / "med_tkr_col.xlsx")
    assert ("Härryda", 100_000.0) in found.table("recipient", "allocated")


@pytest.mark.parametrize(
    ("name", "pairs", "right"),
    [
        ("name_190802.xlsx", {"period": "2019-07"}, ("2019-07", "1480", 100.0)),
        ("name_190802.xlsx", {"Månad": "juli 2019"}, ("2019-07", "1480", 100.0)),
        (
            "blocker_antal_as_population.csv",
            {"export": "befolkning", "folkmängd": "ja"},
            ("2025", "1480", 300.0),
        ),
        ("brister_with_direction.csv", {"Riktning": "summa"}, ("2021-K1", "1488", 21.0)),
        (
            "cmp_foreg_aktuell.xlsx",
            {"Föregående år eller Aktuellt år": "Aktuellt år"},
            ("2019-07", "1401", 47.0),
        ),
        ("scb_men_only.csv", {"kön": "ja", "folkmängd": "ja"}, ("2025", "1401", 20024.0)),
    ],
)
def test_one_answer_is_enough(name: str, pairs: dict[str, str], right: tuple[object, ...]) -> None:
    found = read(FILES / name, answers=Answers(tuple(pairs.items())))
    assert found.problems == ()
    assert right in found.table("period", "municipality", "value")


def test_a_heading_may_be_explained_for_one_file(tmp_path: Path) -> None:
    rows = "Månad;Kommun;Antal utskrivna;Ledtid\n2019-07;Ale;10;7\n"
    path = write(tmp_path, rows)
    assert read(path).codes == ["missing-column"]
    for pair in (("Ledtid", "Antal dagar"), ("Antal dagar", "Ledtid")):
        found = read(path, answers=Answers((pair,)))
        assert ("ready_days", 7.0) in found.table("measure", "value")


@pytest.mark.parametrize(
    ("heading", "values"),
    [("Kön", ["Kvinnor", "Män"]), ("Ålder", ["0-64 år", "65+"]), ("Åldersgrupp", ["0–17", "18–w"])],
)
def test_parts_that_make_a_whole_are_added_up(
    heading: str, values: list[str], tmp_path: Path
) -> None:
    rows = [["Månad", "Kommun", heading, "Antal utskrivna", "Antal dagar"]]
    rows += [["2019-07", "Ale", value, "10", "7"] for value in values]
    found = read(write(tmp_path, rows))
    assert found.table("measure", "value") == [("discharges", 20.0), ("ready_days", 14.0)]
    assert any("hopräknade" in sentence for sentence in found.receipt)


@pytest.mark.parametrize("values", [["65-79 år", "80+"], ["Plan", "Utfall"], ["BUP", "Vuxen"]])
def test_parts_that_make_no_whole_are_asked_about(values: list[str], tmp_path: Path) -> None:
    rows = [["Månad", "Kommun", "Grupp", "Antal utskrivna", "Antal dagar"]]
    rows += [["2019-07", "Ale", value, "10", "7"] for value in values]
    assert read(write(tmp_path, rows)).codes == ["question"]


def test_inhabitants_far_from_the_known_ones_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path, "Kommun;År;Folkmängd\nGöteborg;2025;300\n")
    assert read(path).codes == ["question"]
    assert read(path, answers=Answers((("folkmängd", "ja"),))).problems == ()


def test_a_gap_in_a_long_list_is_missing_and_not_zero(tmp_path: Path) -> None:
    months = [f"2019-{month:02d}" for month in range(1, 9)]
    rows = [["Månad", "Kommun", "Antal utskrivna", "Antal dagar"]]
    rows += [[month, "Göteborg", "600", "300"] for month in months[:-1]]
    rows += [[month, "Tjörn", "3", "1"] for month in months[1:]]
    path = write(tmp_path, rows)
    found = read(path)
    assert found.codes == ["gap"]
    assert ("2019-08", "1480", "missing") in found.table("period", "municipality", "state")
    # Three a month may well be none in one.
    assert ("2019-01", "1419") not in found.table("period", "municipality")
    said = read(path, answers=Answers((("Göteborg, augusti 2019", "ingen"),)))
    assert said.problems == ()
    assert ("2019-08", "1480", 0.0, "ok") in said.table("period", "municipality", "value", "state")


def test_who_is_not_in_a_month_at_all_lacks_every_form_of_care(tmp_path: Path) -> None:
    rows = [["Månad", "Kommun", "Vårdform", "Antal utskrivna", "Antal dagar"]]
    for month in range(1, 5):
        rows += [[f"2019-{month:02d}", "Ale", form, "9", "3"] for form in ("Somatik", "Psykiatri")]
        if month != 3:
            rows += [[f"2019-{month:02d}", "Borås", "Somatik", "90", "60"]]
            rows += [[f"2019-{month:02d}", "Borås", "Psykiatri", "2", "1"]]
    found = read(write(tmp_path, rows)).table("period", "municipality", "care_form", "state")
    assert {row[2:] for row in found if row[:2] == ("2019-03", "1490")} == {
        ("somatik", "missing"),
        ("psykiatri", "missing"),
    }


def test_a_cell_that_shows_per_cent_is_read_as_shown() -> None:
    found = read(FILES / "percent_formatted_cell.xlsx")
    assert found.problems == ()
    assert [row["value"] for row in found.rows] == [75.5, 62.0]


@pytest.mark.parametrize(
    "heads",
    [
        ("Mån.", "Komm.", "Antal utskr. pat.", "Dagar (antal)"),
        ("Månad", "Kommun", "Patienter, utskrivna, antal", "Dagar totalt antal"),
    ],
)
def test_headings_are_understood_in_other_words(heads: tuple[str, ...], tmp_path: Path) -> None:
    found = read(write(tmp_path, [list(heads), ["2019-07", "Ale", "10", "7"]]))
    assert found.problems == ()
    assert found.table("measure", "value") == [("discharges", 10.0), ("ready_days", 7.0)]
    assert any("läses som Antal utskrivna" in sentence for sentence in found.receipt)
