"""Inhabitants in the shapes that Statistics Sweden and people give them, and which year counts."""

from pathlib import Path

import pytest

import pipeline
import reference
from loaders.questions import Answers
from metrics import residents
from metrics.values import values
from tests.effort import parametrize_some
from tests.loaders.written import Content, read, write

TRUTH = [
    ("2023", "1401", 39_000.0),
    ("2023", "1402", 40_000.0),
    ("2024", "1401", 39_500.0),
    ("2024", "1402", 40_100.0),
]
LAID_OUT: dict[str, Content] = {
    "long": "region;år;Folkmängd\n1401 Härryda;2023;39000\n1402 Partille;2023;40000\n"
    "1401 Härryda;2024;39500\n1402 Partille;2024;40100\n14 Västra Götalands län;2024;79601\n",
    "quoted, by comma": '"region","år","Folkmängd"\n"1401 Härryda","2023",39000\n'
    '"1402 Partille","2023",40000\n"1401 Härryda","2024",39500\n"1402 Partille","2024",40100\n',
    "the number by its own code": '"region","tabellinnehåll","år","BE0101N1"\n'
    '"1401 Härryda","Folkmängd","2023",39000\n"1402 Partille","Folkmängd","2023",40000\n'
    '"1401 Härryda","Folkmängd","2024",39500\n"1402 Partille","Folkmängd","2024",40100\n',
    "years as columns": 'Folkmängd efter region och år\n\n"region","2023","2024"\n'
    '"1401 Härryda",39000,39500\n"1402 Partille",40000,40100\n\n"Källa: SCB"\n',
    "years in the heads": "Kommun\tFolkmängd 2023\tFolkmängd 2024\nHärryda\t39 000\t39\u00a0500\n"
    "Partille\t40 000\t40\u00a0100\nSumma\t79 000\t79\u00a0600\n",
    "days": "Kommun;Folkmängd 31 december 2023;Folkmängd 31 december 2024\n"
    "Härryda;39000;39500\nPartille;40000;40100\n",
    "code and name": "Kommunkod;Kommun;År;Invånarantal\n1401;Härryda;2023;39000\n"
    "1402;Partille;2023;40000\n1401;Härryda;2024;39500\n1402;Partille;2024;40100\n",
    "the last day": "Regionkod;Region;Tidpunkt;Antal invånare\n1401;Härryda;2023-12-31;39000\n"
    "1402;Partille;2023-12-31;40000\n1401;Härryda;2024M12;39500\n1402;Partille;dec 2024;40100\n",
    "a sheet per year": {
        "2023": [["Kommun", "Folkmängd"], ["Härryda", 39000], ["Partille", 40000]],
        "2024": [["Kommun", "Folkmängd"], ["Härryda", 39500], ["Partille", 40100]],
    },
    "areas and county": {
        "Blad1": [["Befolkning"], [], ["Område", "Kommun", 2023, 2024],
                  ["Göteborgsområdet", "Härryda", 39000, 39500],
                  ["Göteborgsområdet", "Partille", 40000, 40100],
                  ["Göteborgsområdet", "Summa", 79000, 79600],
                  ["Västra Götaland", None, 79010, 79605]],
    },
}  # fmt: skip


@parametrize_some(
    ("layout", "encoding"),
    [(layout, "cp1252") for layout in LAID_OUT]
    + [("long", "utf-8-sig"), ("years as columns", "utf-16"), ("years in the heads", "utf-16")],
    usual=5,
)
def test_the_same_inhabitants_in_any_layout(layout: str, encoding: str, tmp_path: Path) -> None:
    told = read(write(tmp_path, LAID_OUT[layout], encoding=encoding))
    assert told.export == "befolkning"
    assert told.problems == ()
    assert told.table("period", "municipality", "value") == TRUTH


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Folkmängd 2024", "fil"),
        ("Folkmängd per kommun 2024-12-31", "fil"),
        ("", "befolkning_2024"),
    ],
)
def test_the_year_stands_in_a_title_or_in_the_files_name(
    title: str, name: str, tmp_path: Path
) -> None:
    rows = f"{title};\nKommun;Folkmängd\nHärryda;39500\nPartille;40100\nTotalt;79600\n"
    told = read(write(tmp_path, rows, name=name))
    assert told.problems == ()
    assert told.table("period", "municipality", "value") == TRUTH[2:]


def test_the_whole_country_is_cut_down_to_the_county(tmp_path: Path) -> None:
    told = read(
        write(
            tmp_path,
            "region;år;Folkmängd\n00 Riket;2024;10500000\n01 Stockholms län;2024;2400000\n"
            "0180 Stockholm;2024;984000\n14 Västra Götalands län;2024;79600\n"
            "1401 Härryda;2024;39500\n1402 Partille;2024;40100\n",
        )
    )
    assert told.at == [("outside-county", "A3"), ("outside-county", "A4")]
    assert told.table("period", "municipality", "value") == TRUTH[2:]


def test_a_small_difference_to_a_total_is_noise_and_a_big_one_is_not(tmp_path: Path) -> None:
    rows = "region;år;Folkmängd\n1401 Härryda;2024;39500\n1402 Partille;2024;40100\n"
    assert read(write(tmp_path, f"{rows}14 Västra Götalands län;2024;79612\n")).problems == ()
    wrong = read(write(tmp_path, f"{rows}14 Västra Götalands län;2024;89600\n"))
    assert wrong.at == [("total-mismatch", "C4")]


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    rows = ["Härryda;2024;39500,5", "Partille;2024;-4", "Ale;2024M06;30000", "Lerum;i fjol;1",
            "Mark;2024;1", "1463 Mark;2024;2"]  # fmt: skip
    told = read(write(tmp_path, "\n".join(["Kommun;År;Folkmängd", *rows])))
    assert sorted(told.at, key=str) == [
        ("duplicate-row", "A7"),
        ("negative", "C3"),
        ("not-a-number", "C2"),
        ("not-a-period", "B4"),
        ("not-a-period", "B5"),
    ]


def test_a_table_by_sex_is_added_up(tmp_path: Path) -> None:
    rows = "region;kön;år;Folkmängd\n1401 Härryda;män;2024;19500\n1401 Härryda;kvinnor;2024;20000\n"
    told = read(write(tmp_path, rows))
    assert told.table("municipality", "value") == [("1401", 39500.0)]


def test_what_names_something_else_is_not_offered_as_inhabitants(tmp_path: Path) -> None:
    told = read(write(tmp_path, "Antal utskrivna i juli\nKommun;2019;2020\nAle;61;70\nOrust;5;6\n"))
    assert told.codes == ["unknown-export"]
    assert "Utskrivningsklara" in told.problems[0].message


def test_rates_are_by_the_inhabitants_of_the_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    codes = [home.code for home in reference.municipalities()]

    def load(text: str) -> None:
        said = Answers((("folkmängd", "ja"),))
        with pipeline.checked(write(tmp_path, text), answers=said) as file:
            assert file.ok, file.problems
            pipeline.publish(file)

    def rates() -> dict[str, tuple[float | None, str]]:
        found = values(
            indicator="deviations_per_10000", level="municipality", place="1490", raw=True
        )
        return {
            one.period: (one.denominator, residents.years(one.period, ["1490"])) for one in found
        }

    load("Kvartal;Kommun;SIP\n2018-K1;Borås;60\n2022-K1;Borås;60\n2026-K1;Borås;60\n")
    shipped = float(reference.population()["1490", 2025])
    assert set(rates().values()) == {(shipped, "2025")}
    load("Kommun;År;Folkmängd\nBorås;2026;130000\n")
    # A later year rewrites nothing earlier.
    assert rates()["2018-K1"] == rates()["2022-K1"] == (shipped, "2025")
    assert rates()["2026-K1"] == (130_000, "2026")
    load("Kommun;År;Folkmängd\n" + "".join(f"{code};2020;1000\n" for code in codes))
    # The nearest earlier year, and the nearest later where there is none.
    assert rates()["2018-K1"] == rates()["2022-K1"] == (1000, "2020")
    load("Kommun;År;Folkmängd\nBorås;2022;112000\n")
    assert rates()["2022-K1"] == (112_000, "2022")
    assert rates()["2018-K1"] == (1000, "2020")
    later = read(write(tmp_path, "Kommun;År;Folkmängd\nGöteborg;2040;9999999999\n"))
    assert later.codes == ["not-a-period"]
