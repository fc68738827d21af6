"""The command as scripts use it: formats, exit codes, and words for people."""

import csv
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands import app
from loaders.answering import profiles
from loaders.answering.profiles import Profile
from metrics.values import COLUMNS

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
COMMAND = str(Path(sys.executable).with_name("samverkan"))
COARSE = "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-05;Ale;20;4\n2019-07;Ale;30;4\n"


def process(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The installed command, as a script runs it."""
    environment = os.environ | {"SAMVERKAN_DATA": str(data), "COLUMNS": "100"}
    return subprocess.run(
        [COMMAND, *words], capture_output=True, text=True, env=environment, timeout=120
    )


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The same without the start of a process, which takes longer than most of what is tried."""
    done = CliRunner(env={"SAMVERKAN_DATA": str(data), "COLUMNS": "100"}).invoke(app.app, words)
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def read(data: Path, *words: str) -> list[dict[str, str]]:
    done = run(data, "values", *words, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    done = process(data, "load", str(EXPORTS / "utskrivningsklar_2018-10_2020-12.csv"))
    assert done.returncode == 0, done.stderr
    return data


def test_values_equal_the_expected_county_means(loaded: Path) -> None:
    means = json.loads((EXPORTS / "expected" / "county.json").read_text())["county_mean_days"]
    found = read(loaded, "mean_days", "--level", "county", "--raw")
    assert {row["period"]: round(float(row["value"]), 6) for row in found} == means
    assert {row["status"] for row in found} == {"ok"}


def test_small_counts_are_hidden_but_for_raw(loaded: Path) -> None:
    asked = ("discharges", "--level", "municipality", "--from", "2020-01", "--to", "2020-01")
    raw = {row["place"]: row for row in read(loaded, *asked, "--raw")}
    shown = read(loaded, *asked)
    assert any(1 <= float(row["value"]) < 5 for row in raw.values())
    for row in shown:
        if row["status"] == "confidential":
            assert row["numerator"] == row["denominator"] == row["value"] == ""
            assert row["reported"] == raw[row["place"]]["reported"]
        else:
            assert row == raw[row["place"]]
            assert not 1 <= float(row["value"]) < 5


def test_what_is_not_published_at_all_says_so(loaded: Path) -> None:
    asked = ("values", "discharges", "--level", "municipality", "--care-form", "psykiatri")
    done = run(loaded, *asked)
    assert (done.returncode, done.stdout) == (0, "Inga värden.\n")
    assert "Så fint uppdelat visas inga värden" in done.stderr
    assert "Så fint" not in run(loaded, *asked, "--raw").stderr


def test_what_is_published_of_a_quarter_is_proven(loaded: Path) -> None:
    done = run(loaded, "disclosure", "2020-K1")
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines[::2]] == [
        "Utskrivningsklara, januari 2020",
        "Utskrivningsklara, februari 2020",
        "Utskrivningsklara, mars 2020",
        "Inget dolt tal går att räkna ut.",
    ]
    assert "möjliga värden" in lines[1] or "minst" in lines[1]


def test_there_must_be_something_to_prove(loaded: Path) -> None:
    assert run(loaded, "disclosure", "i fjol").returncode == 2
    assert "Det finns inget att pröva" in run(loaded, "disclosure", "1999").stderr


def test_csv_has_the_columns_that_scripts_rely_on(loaded: Path) -> None:
    done = run(loaded, "values", "mean_days", "--level", "county", "--format", "csv")
    assert done.stdout.splitlines()[0] == (
        "indicator,period,level,place,name,numerator,denominator,value,status,reported,expected"
    )


@pytest.mark.parametrize("level", ["municipality", "hospital"])
@pytest.mark.parametrize("care_form", ["somatik", "psykiatri"])
@pytest.mark.parametrize("measure", ["discharges", "ready_days", "over_7"])
def test_values_equal_the_expected_table(
    loaded: Path, monkeypatch: pytest.MonkeyPatch, level: str, care_form: str, measure: str
) -> None:
    wanted: dict[tuple[str, str], int] = {}
    key = {"municipality": "code", "hospital": "hospital"}[level]
    table = EXPORTS / "expected" / "utskrivningsklar_2018-10_2020-12.csv"
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["care_form"].lower() == care_form:
                place = (row["month"], row[key])
                wanted[place] = wanted.get(place, 0) + int(row[measure])
    monkeypatch.setenv("SAMVERKAN_DATA", str(loaded))
    asked = (measure, "--level", level, "--care-form", care_form, "--raw", "--format", "csv")
    answer = CliRunner().invoke(app.app, ["values", *asked])
    found = csv.DictReader(io.StringIO(answer.stdout))
    assert {(row["period"], row["place"]): int(row["value"]) for row in found} == wanted


def test_periods_and_places_narrow_the_answer(loaded: Path) -> None:
    found = read(
        loaded,
        "mean_days",
        "--level",
        "municipality",
        "--place",
        "Ale",
        "--from",
        "2019-07",
        "--to",
        "2019-08",
    )
    assert [(row["period"], row["place"], row["name"]) for row in found] == [
        ("2019-07", "1440", "Ale"),
        ("2019-08", "1440", "Ale"),
    ]


def test_json_and_table_say_the_same(loaded: Path) -> None:
    words = ("values", "mean_days", "--level", "county", "--from", "2019-07", "--to", "2019-07")
    (row,) = json.loads(run(loaded, *words, "--format", "json").stdout)
    assert list(row)[: len(COLUMNS)] == list(COLUMNS)
    assert (row["period"], row["name"], round(row["value"], 2)) == (
        "2019-07",
        "Västra Götaland",
        0.64,
    )
    table = run(loaded, *words).stdout
    assert "Västra Götaland" in table
    assert "0,64" in table


def test_check_answers_with_one_object_per_file(tmp_path: Path) -> None:
    files = [EXPORTS / "fel_utskrivningsklar.xlsx", EXPORTS / "utskrivningsklar_2019-07.xlsx"]
    done = run(tmp_path, "check", *map(str, files), "--json")
    assert done.returncode == 1
    faulty, good = json.loads(done.stdout)
    assert faulty["file"] == str(files[0])
    assert (faulty["export"], faulty["sheets"]) == ("utskrivningsklara", ["Data"])
    with (EXPORTS / "expected" / "fel_utskrivningsklar.csv").open(encoding="utf-8") as file:
        planted = {(row["sheet"], row["cell"], row["code"]) for row in csv.DictReader(file)}
    assert {(p["sheet"], p["cell"], p["code"]) for p in faulty["problems"]} == planted
    assert set(faulty["problems"][0]) == {
        "code",
        "severity",
        "sheet",
        "cell",
        "column",
        "value",
        "message",
    }
    assert (good["problems"], good["rows"]) == ([], 98)


def test_check_is_done_when_nothing_is_wrong_and_brings_in_no_library_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    done = process(tmp_path, "check", str(EXPORTS / "utskrivningsklar_2019-07.xlsx"))
    assert done.returncode == 0
    brought = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines()]
    # The file is opened before what it is checked with is imported.
    assert brought.index("loaders.opening") < brought.index("duckdb")
    # These take longer to import than it takes to check a small file.
    assert {*brought}.isdisjoint({"pandas._libs", "numpy", "pyarrow", "plotly", "streamlit"})
    assert list(tmp_path.iterdir()) == []


def test_a_faulty_file_is_not_loaded(tmp_path: Path) -> None:
    done = process(tmp_path, "load", str(EXPORTS / "fel_utskrivningsklar.xlsx"), "--yes")
    assert done.returncode == 1
    assert "Ingenting har ändrats" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_warning_waits_for_yes(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;10;4\n2019-07;Varberg;3;1\n",
        encoding="utf-8",
    )
    refused = run(tmp_path / "data", "load", str(file))
    assert refused.returncode == 1
    assert "--yes" in refused.stdout
    assert read(tmp_path / "data", "discharges") == []
    assert run(tmp_path / "data", "load", str(file), "--yes").returncode == 0
    counted = read(tmp_path / "data", "discharges", "--level", "county", "--raw")
    assert [row["value"] for row in counted] == ["10"]


def test_a_coarser_file_lies_beneath_unless_yes(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run(data, "load", str(EXPORTS / "vardtillfallen_2019_kv2.csv")).returncode == 0
    words = ("discharges", "--level", "municipality", "--place", "1440", "--raw")
    before = {row["period"]: row["value"] for row in read(data, *words)}
    file = tmp_path / "grov.csv"
    file.write_text(COARSE, encoding="utf-8")
    # That a file speaks of one municipality only is another warning, so the rest is repeated.
    beneath = run(data, "load", str(file))
    assert beneath.returncode == 1
    assert "coverage-shrank" in beneath.stdout
    assert run(data, "load", str(file), "--yes").returncode == 0
    after = {row["period"]: row["value"] for row in read(data, *words)}
    assert after == {**before, "2019-05": "20", "2019-07": "30"}


def test_history_and_withdraw(tmp_path: Path) -> None:
    assert "Ingenting" in run(tmp_path, "history").stdout
    assert run(tmp_path, "load", str(EXPORTS / "utskrivningsklar_2019-07.xlsx")).returncode == 0
    (first,) = json.loads(run(tmp_path, "history", "--json").stdout)
    assert (first["load_id"], first["file"], first["rows"]) == (
        1,
        "utskrivningsklar_2019-07.xlsx",
        98,
    )
    again = run(tmp_path, "load", str(EXPORTS / "utskrivningsklar_2019-07.xlsx"))
    assert (again.returncode, "redan inläst" in again.stdout) == (0, True)
    assert run(tmp_path, "withdraw", "1", "--reason", "prov").returncode == 0
    assert "prov" in run(tmp_path, "history").stdout
    assert read(tmp_path, "mean_days") == []
    assert run(tmp_path, "withdraw", "1", "--reason", "prov").returncode == 2


@pytest.mark.parametrize(
    "words",
    [
        ("values", "okänd"),
        ("values", "mean_days", "--level", "stad"),
        ("values", "mean_days", "--place", "Atlantis"),
        ("values", "mean_days", "--from", "juli"),
        ("check", "finns-inte.xlsx"),
        ("load",),
        ("withdraw", "1"),
        ("withdraw", "1", "--reason", " "),
        ("okänt",),
    ],
)
def test_a_call_that_is_wrong_ends_with_2_and_no_traceback(
    loaded: Path, words: tuple[str, ...]
) -> None:
    done = process(loaded, *words) if words[0] == "load" else run(loaded, *words)
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr


def test_help_is_quick(tmp_path: Path) -> None:
    # Processor time: how long it takes by the clock says how busy the machine is.
    seconds = []
    for _ in range(3):
        started = _processor_seconds()
        assert process(tmp_path, "--help").returncode == 0
        seconds.append(_processor_seconds() - started)
    assert min(seconds) < 0.4


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_check_writes_what_every_file_would_publish(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    good, bad = tmp_path / "bra.csv", tmp_path / "fel.csv"
    good.write_text(COARSE, encoding="utf-8")
    bad.write_text(COARSE.replace("2019-07", "2019-17"), encoding="utf-8")
    target = tmp_path / "facts.json"
    answer = CliRunner().invoke(
        app.app, ["check", str(good), str(bad), "--facts", str(target), "--json"]
    )
    assert answer.exit_code == 1
    assert [file["file"] for file in json.loads(answer.stdout)] == [str(good), str(bad)]
    one, other = json.loads(target.read_text(encoding="utf-8"))
    assert (one["ok"], one["export"], one["warnings"]) == (True, "utskrivningsklara", [])
    assert {
        (row["period"], row["place"], row["measure"], row["value"], row["state"])
        for row in one["facts"]
    } >= {
        ("2019-05", "1440", "discharges", 20.0, "ok"),
        ("2019-07", "1440", "ready_days", 4.0, "ok"),
    }
    assert (other["ok"], other["facts"]) == (False, [])


def test_questions_have_numbers_that_answers_go_by(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    path = tmp_path / "uttag.csv"
    path.write_text("Kommun;Antal utskrivna;Ledtid\nAle;20;4\n", encoding="utf-8")
    asked = CliRunner().invoke(app.app, ["check", str(path)])
    assert (asked.exit_code, "fråga 2: Vilken kolumn är Antal dagar?" in asked.stdout) == (1, True)
    said = ["--answer", "1=2019-05", "--answer", "2=Ledtid"]
    answered = CliRunner().invoke(app.app, ["check", str(path), *said])
    assert (answered.exit_code, "3 celler ur kolumnerna" in answered.stdout) == (0, True)
    wrong = CliRunner().invoke(app.app, ["check", str(path), "--answer", "9=x"])
    assert wrong.exit_code == 2


def test_a_file_that_nobody_knows_is_told_by_its_headings_and_what_they_may_be(
    tmp_path: Path,
) -> None:
    file = tmp_path / "fil.csv"
    rows = "Utskrivningsklara juli 2019;;\nKommun;# utskrivna;# dagar\nGöteborg;607;273\nAle;8;2\n"
    file.write_text(rows, encoding="utf-8")
    told = run(tmp_path / "data", "check", str(file)).stdout
    assert "rubriker på bladet fil: Kommun, # utskrivna, # dagar" in told
    assert '--answer "# utskrivna=Antal utskrivna"' in told
    said = ("# utskrivna=Antal utskrivna", "# dagar=Antal dagar")
    words = [word for answer in said for word in ("--answer", answer)]
    assert run(tmp_path / "data", "check", str(file), *words).returncode == 0


def test_profiles_are_listed_and_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    profiles.save(Profile("juli", "utskrivningsklara", (("Ledtid", "ready_days"),)))
    assert "Ledtid = ready_days" in CliRunner().invoke(app.app, ["profile", "list"]).stdout
    assert CliRunner().invoke(app.app, ["profile", "remove", "juli"]).exit_code == 0
    assert CliRunner().invoke(app.app, ["profile", "remove", "juli"]).exit_code == 2
