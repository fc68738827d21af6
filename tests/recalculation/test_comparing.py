"""Every number in force against what plain pandas makes of the raw files."""

import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pandas as pd
import pytest

import pipeline
from recalculation import comparing
from recalculation.__main__ import main, told
from recalculation.comparing import KEY, NUMBERS, Answer, answers, compared
from recalculation.funds import amount
from recalculation.raw import NotPlain
from tests import outside
from tests.effort import in_soak
from tests.loaders.sheets import write_workbook
from tests.recalculation import archives
from views import tried
from warehouse import store
from warehouse.journal.tried import recalculations

DEMO = Path(__file__).parents[2] / "data" / "demo"
EXPORTS = Path(__file__).parents[1] / "data" / "exports"
HEAD = (
    "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar;Genomsnittligt antal dagar;"
    "Utskrivna samma dag;Kvar mer än 3 dagar;Kvar mer än 7 dagar;Utskrivna före meddelande\n"
)


def of(folders: Sequence[Path]) -> list[Answer]:
    with store.reading() as connection:
        assert connection is not None
        return answers(connection, folders)


def test_every_number_of_the_demo_is_that_of_its_files(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    found = {one.dataset: one for one in of([DEMO])}
    assert found.pop("population").why == "inget mått räknas ur det ensamt"
    assert {name: (one.different, one.why) for name, one in found.items()} == dict.fromkeys(
        ("deviations", "indicators", "funds", "discharges"), (0, "")
    )
    assert not [left for one in found.values() for left in one.left]
    assert found["discharges"].compared > 160_000
    assert found["deviations"].compared > 53_000
    assert found["funds"].compared > 600


def test_workbooks_are_worked_out_too(data: Path) -> None:
    """Counts with a sum column, a register with 1,350 tkr, inhabitants with the county's beside."""
    for name in ("befolkning_2025.csv", "brister_2020_kv1.xlsx", "medel_2020.xlsx"):
        with pipeline.checked(EXPORTS / name) as file:
            pipeline.publish(file)
    found = {one.dataset: (one.different, one.why) for one in of([EXPORTS])}
    assert found.pop("population") == (0, "inget mått räknas ur det ensamt")
    assert found == {"deviations": (0, ""), "funds": (0, "")}


def load(data: Path, name: str, *rows: str, head: str = HEAD) -> None:
    (data / name).write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    publish(data / name)


def publish(path: Path, *, force: bool = False) -> None:
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        pipeline.publish(file, force=force)


def test_other_layouts_are_worked_out_and_what_was_to_replace_finer_does(data: Path) -> None:
    """Stays, care forms in heads of two levels that replace them, and a sheet for each measure."""
    stays = "Kommun;Sjukhus;Vårdform;Meddelande utskrivningsklar;Utskrivningsdatum\n"
    hospital = "Sahlgrenska Universitetssjukhuset"
    load(
        data,
        "stays.csv",
        f"Ale;{hospital};Somatik;2019-06-03 10:00;2019-06-03 09:00",
        f"Ale;{hospital};Somatik;2019-06-03 13:30;2019-06-11 11:15",
        f"Lerum;{hospital};Psykiatri;2019-06-28 13:30;2019-07-01 11:15",
        f"Tjörn;{hospital};Somatik;2019-07-08 08:00;2019-07-08",
        head=stays,
    )
    numbers = ("Antal utskrivna", "Antal dagar", "Utskrivna samma dag")
    rows = [
        ("Uppföljning utskrivningsklara, juli 2019",),
        ("Kommun", "Somatik", None, None, "Psykiatri", None, None),
        (None, *numbers, *numbers),
        ("Ale", 32, 14, 20, "..", "..", ".."),
        ("Lerum", 50, 25, 31, 7, 12, 3),
        ("SAMLA totalt", 50, 25, 31, 7, 12, 3),
    ]
    publish(write_workbook(data / "july.xlsx", {"Juli 2019": rows}), force=True)
    heads = ("Kommunkod", "Kommun", "jul-19", "aug-19", "Totalt")
    sheets = {
        name: [(f"{name} 2019",), heads, (1441, "Lerum", 41 // by, 44 // by, 41 // by + 44 // by)]
        for by, name in enumerate(("Antal utskrivna", "Antal dagar", "Samma dag"), start=1)
    }
    publish(write_workbook(data / "months.xlsx", sheets))
    (found,) = of([data])
    assert (found.why, found.different, found.left, found.examples) == ("", 0, (), ())
    assert found.compared > 400


@in_soak
def test_every_number_of_the_test_exports_is_that_of_its_files(data: Path) -> None:
    for name in (
        "befolkning_2025.csv",
        "brister_2020_kv1.xlsx",
        "mcp_arenden_2020-04_2021-06.xlsx",
        "medel_2020.xlsx",
        "utskrivningsklar_2018-10_2020-12.csv",
        "utskrivningsklar_2019-07.xlsx",
        "utskrivningsklar_2020_manader.xls",
        "vardtillfallen_2019_kv2.csv",
    ):
        publish(EXPORTS / name, force=True)
    found = {one.dataset: (one.different, one.why) for one in of([EXPORTS])}
    assert found.pop("population") == (0, "inget mått räknas ur det ensamt")
    assert found == dict.fromkeys(("deviations", "funds", "discharges"), (0, ""))


@in_soak
@pytest.mark.parametrize("seed", range(20))
def test_every_number_of_deliveries_made_by_chance_is_that_of_their_files(
    data: Path, seed: int
) -> None:
    """Missing, hidden, corrected, coarser, forced, loaded twice and taken back; nothing is hidden
    from the recalculation, which is of what is true."""
    folder = Path(os.environ["SAMVERKAN_DATA"])
    folder.mkdir()
    (folder / "settings.toml").write_text("disclosure_threshold = 1\n", encoding="utf-8")
    taken_back = []
    for delivered in archives.archive(Random(seed), data):
        with pipeline.checked(delivered.path, covers=delivered.covers) as file:
            assert file.ok, file.problems
            loaded = pipeline.publish(file, force=delivered.force)
        if delivered.withdrawn and loaded.load_id:
            taken_back.append(loaded.load_id)
    for load_id in taken_back:
        pipeline.withdraw(load_id, reason="prov")
    found = {one.dataset: one for one in of([data])}
    assert found.pop("population").why == "inget mått räknas ur det ensamt"
    for one in found.values():
        assert (one.why, one.different, one.left, one.examples) == ("", 0, (), ())
    assert {*found} == {"discharges", "deviations", "funds"}


def test_the_newest_file_counts_and_the_answer_is_kept(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hospital = "Sahlgrenska Universitetssjukhuset"
    load(
        data,
        "a.csv",
        f"2026-01;Göteborg;{hospital};Somatik;40;30;0,75;20;2;1;3",
        f"2026-01;Partille;{hospital};Somatik;20;10;0,50;9;1;0;2",
    )
    load(data, "b.csv", f"2026-01;Göteborg;{hospital};Somatik;50;60;1,20;21;6;5;6")
    assert main(str(data / "nowhere")) == 0
    kept = recalculations.newest(store.version())
    assert kept is not None and kept.different == 0
    assert "0 skiljer sig" in kept.told
    assert "0 skiljer sig" in tried.recalculated()
    # How deliveries keep time is made of no file.
    kept_time = rows(1).assign(dataset="discharge_deliveries")
    monkeypatch.setattr(comparing, "_in_force", lambda _: kept_time)
    assert of([data])[-1] == Answer("discharge_deliveries", why=comparing.NO_FILE)


def test_what_is_not_worked_out_is_named() -> None:
    assert told(Answer("population", why="inget mått räknas ur det ensamt")) == (
        "Invånare: räknas inte om: inget mått räknas ur det ensamt."
    )
    left = (("deviations", "area"), ("deviations", "hospital"), ("suicides", "county"))
    assert told(Answer("deviations", 6, left=left)).endswith(
        " Räknas inte om: Registrerade avvikelser i samverkan (områdena och sjukhusen). "
        "Räknas inte om: Självmord (länet)."
    )


RATE = """
[plans_per_1000]
name = "Planer per 1 000 invånare"
short = "Planer per invånare"
unit = "per 1 000 invånare"
decimals = 1
direction = "neutral"
dataset = "sip"
calculation = "ratio"
numerator = "plans"
denominator = "population"
per = 1000
levels = ["county", "area", "municipality"]
definition = "Planer per invånare."
caveats = ""
source = "Egen"
"""
COUNTY = Path(__file__).parents[1] / "data" / "county"


def test_declared_counts_of_another_county_are_worked_out_by_their_declaration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text(f'county_folder = "{COUNTY}"', encoding="utf-8")
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    heads = "Månad;Kommun;Vårdform;Grupp;SIP"
    first = [f"{heads};Uppföljda"] + [
        f"2025-0{month};{place};{form};{group};{number};{number // 2 if at < 2 else '..'}"
        for month in (1, 2)
        for at, place in enumerate(("Aspetuna", "Blåmora", "9903 Brantvik"))
        for form, group, number in (("Somatik", "Vuxna", 9 + at), ("Psyk", "Barn", month * at))
        if month == 1 or at < 2
    ]
    later = [heads, "2025-02;Aspetuna;somatisk vård;vuxna;40"]
    coarser = ["Månad;Kommun;SIP", "2025-01;Aspetuna;7", "2025-01;9904;30"]
    with outside.declared(tmp_path):
        with (tmp_path / "catalogue.toml").open("a", encoding="utf-8") as file:
            file.write(RATE)
        load(tmp_path, "a.csv", *first, head="")
        load(tmp_path, "b.csv", *later, head="")
        load(tmp_path, "c.csv", *coarser, head="")
        (found,) = of([tmp_path])
        assert (found.why, found.different, found.left, found.examples) == ("", 0, (), ())
        assert found.compared > 150


def test_a_file_that_is_gone_is_said_and_not_taken_for_nothing(
    demo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    assert {one.why.split(":")[0] for one in of([tmp_path])} == {"filen finns inte i mappen"}


def rows(*values: float | None) -> pd.DataFrame:
    keyed = [("discharges", "2026-01", "county", str(at), "alla") for at in range(len(values))]
    found = pd.DataFrame(keyed, columns=KEY)
    return found.assign(**dict.fromkeys(NUMBERS, pd.Series(values, dtype="float64")))


def test_what_is_another_or_only_in_one_differs() -> None:
    assert compared("discharges", rows(1, 2), rows(1, 2)).different == 0
    assert compared("discharges", rows(1, 2), rows(1, 2.001)).different == 1
    assert compared("discharges", rows(1, 2), rows(1, None)).different == 1
    assert compared("discharges", rows(1), rows(1, 0)).different == 1
    assert compared("discharges", rows(1, 2), rows(1, None)).examples == (
        "discharges, 1, 2026-01, alla: 2.0 i stället för nan",
    )


def test_amounts() -> None:
    assert amount("1 250 tkr") == 1_250_000
    assert amount("drygt 33 Mkr") == 33_000_000
    assert amount("1,5 mnkr") == 1_500_000
    assert pd.isna(amount(".."))
    with pytest.raises(NotPlain, match="inget belopp"):
        amount("omkring 5 dollar")
