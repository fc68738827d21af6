"""Exports of cases: dates, organisations, what they cover, and what later ones change."""

from collections.abc import Sequence
from pathlib import Path

import pytest

import pipeline
from loaders.kinds.organisations import Organisation, organisation
from metrics.values import values
from tests.effort import parametrize_some
from tests.loaders.written import read, write

HEAD = (
    "Ärendenummer;Registreringsdatum;Rapporterande organisation;Mottagande organisation;"
    "Kommun;Process;Status;Besvarad"
)
REST = "SÄS;Borås Stad;Borås;Läkemedel;Avslutad"
SU, SAS, NU = (
    "Sahlgrenska Universitetssjukhuset",
    "Södra Älvsborgs Sjukhus",
    "NU-sjukvården",
)


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))


def cases(*rows: str, head: str = HEAD, above: str = "") -> str:
    return "\n".join([*([above] if above else []), head, *rows]) + "\n"


def test_dates_as_people_and_systems_write_them(tmp_path: Path) -> None:
    spelt = [
        "2020-04-02",
        "2020-04-02 13:45",
        "2020-04-02T13:45:00",
        "2020-04-02 13.45",
        "2020-04-02 kl 13.45",
        "20200402",
        "200402",
        "2020/04/02",
        "2020.04.02",
        "2/4 2020",
        "2/4/2020",
        "02/04/2020",
        "2/4-2020",
        "02.04.2020",
        "2 april 2020",
        "den 2 april 2020",
        "2 apr. 2020",
        "43923",
        "43923,573",
    ]
    told = read(write(tmp_path, cases(*(f"A{n:02};{day};{REST};" for n, day in enumerate(spelt)))))
    assert told.problems == ()
    assert {str(row["registered"]) for row in told.rows} == {"2020-04-02"}
    assert len(told.rows) == len(spelt)


def test_the_first_days_of_months_in_a_row_are_no_head(tmp_path: Path) -> None:
    """A list of months in a head is written by them too: all rows below were lost."""
    both = ("2020-04-01;2020-05-01", "1/4/2020;1/5/2020", "1/4 2020;1/5 2020", "20200401;20200501",
            "1 april 2020;1 maj 2020", "2020-04-01 00:00:00;2020-05-01 00:00:00")  # fmt: skip
    rows = [
        f"A{at}{row};{first};Ale kommun;Borås Stad;Borås;Läkemedel;Besvarad;{last}"
        for at, (first, last) in enumerate(one.split(";") for one in both)
        for row, (first, last) in enumerate(((first, last), ("2020-04-02", "2020-05-07")) * 2)
    ]
    told = read(write(tmp_path, cases(*rows)))
    assert (told.problems, len(told.rows)) == ((), len(rows))


def test_what_is_no_day_is_refused(tmp_path: Path) -> None:
    spelt = [
        "2020-13-02",
        "2020-04",
        "2099-01-01",
        "1020-04-02",
        "i april",
        "2 tors 2020",
        "4392",
    ]
    rows = [f"A{n};{day};{REST};" for n, day in enumerate(spelt)]
    told = read(write(tmp_path, cases(*rows, f"B;;{REST};")))
    assert told.at == [("not-a-date", f"B{n + 2}") for n in range(len(spelt))] + [
        ("required", "B9")
    ]


def test_a_case_without_an_answer_is_unanswered(tmp_path: Path) -> None:
    spelt = ["", "-", "–", "Ej besvarad", "saknas"]
    rows = [f"A{n};2020-04-02;{REST};{day}" for n, day in enumerate(spelt)]
    told = read(write(tmp_path, cases(*rows)))
    assert told.problems == ()
    assert {row["answered"] for row in told.rows} == {None}


ORGANISATIONS = {
    "Göteborgs Stad": ("municipality", "1480"),
    "Göteborgs kommun": ("municipality", "1480"),
    "Göteborgs Stad, Centrum": ("municipality", "1480"),
    "Göteborgs Stad Hisingen": ("municipality", "1480"),
    "Äldre samt vård- och omsorgsförvaltningen, Göteborgs Stad": ("municipality", "1480"),
    "Marks kommun": ("municipality", "1463"),
    "Kommun Mark": ("municipality", "1463"),
    "Borås Stad": ("municipality", "1490"),
    "Borås, hemsjukvård": ("municipality", "1490"),
    "Ale kommun hemsjukvård": ("municipality", "1440"),
    "Lerums kommun (Kommunrehab)": ("municipality", "1441"),
    "Härryda kommun - Korttidsboende": ("municipality", "1401"),
    "Mölndals stad": ("municipality", "1481"),
    "Dals-Eds kommun": ("municipality", "1438"),
    "SU Östra": ("hospital", SU),
    "SU/Mölndal": ("hospital", SU),
    "SU, Mölndal": ("hospital", SU),
    "Mölndals sjukhus": ("hospital", SU),
    "NÄL": ("hospital", NU),
    "NÄL, rehabmottagning": ("hospital", NU),
    "SÄS Borås avd 5": ("hospital", SAS),
    "Närhälsan": ("primary_care", "Närhälsan"),
    "Närhälsan Frölunda vårdcentral": ("primary_care", "Närhälsan"),
    "Närhälsan, Mölndal": ("primary_care", "Närhälsan"),
    "Capio Vårdcentral Gårda": ("primary_care", "Vårdcentral"),
    "Vårdcentral Gårda, Göteborg": ("primary_care", "Vårdcentral"),
    "Skövde, vårdcentral Hentorp": ("primary_care", "Vårdcentral"),
    "Hisingens läkarhus": ("primary_care", "Vårdcentral"),
    "VGR": ("other", "Västra Götalandsregionen"),
    "Västra Götalandsregionen": ("other", "Västra Götalandsregionen"),
    "Kungsbacka kommun": ("other", "Kungsbacka kommun"),
    "Privat hemtjänst": ("other", "Privat hemtjänst"),
}


@pytest.mark.parametrize("text", ORGANISATIONS)
def test_organisations_go_by_many_names(text: str) -> None:
    assert organisation(text) == Organisation(*ORGANISATIONS[text])


@pytest.mark.parametrize(
    "head",
    [
        "Ärende-ID;Skapad;Avsändare;Mottagare;Patientens hemkommun;Händelsetyp;Läge;Svarsdatum",
        "ARENDENR;REGISTRERINGSDATUM;RAPPORTERANDE_ORGANISATION;MOTTAGANDE_ORGANISATION;KOMMUN;"
        "PROCESS;STATUS;BESVARAT_DATUM",
        "Dnr;Datum för registrering;Från;Till;Berörd kommun;Avvikelsekategori;Ärendestatus;Svar",
        "Ärende nr;Rapporteringsdatum;Rapporterande enhet;Mottagande enhet;Kommunkod;Rutin;Status;"
        "Datum besvarad",
    ],
)
def test_columns_go_by_many_names(head: str, tmp_path: Path) -> None:
    row = f"7;2020-04-02 13:45;{REST};2020-05-01;fri text"
    told = read(write(tmp_path, cases(row, head=f"{head};Beskrivning"), encoding="cp1252"))
    assert told.problems == ()
    assert told.table("case_number", "sender", "receiver", "municipality", "process", "status") == [
        ("7", f"hospital:{SAS}", "municipality:1490", "1490", "Läkemedel", "Avslutad")
    ]
    assert "fri text" not in str(told.rows)


def test_sums_and_notes_below_are_no_cases(tmp_path: Path) -> None:
    rows = [f"A1;2020-04-02;{REST};", ";;;;;;;", "Totalt;1;;;;;;", "Antal ärenden: 1;;;;;;;",
            "Summa;;;;;;1;", HEAD, f"A2;2020-04-02;{REST};"]  # fmt: skip
    told = read(write(tmp_path, cases(*rows)))
    assert told.problems == ()
    assert told.table("case_number") == [("A1",), ("A2",)]
    rows.append("Antal ärenden: 3;;;;;;;")
    assert read(write(tmp_path, cases(*rows))).codes == ["total-mismatch"]


def test_a_category_that_is_not_in_the_table_is_shown_as_it_is(tmp_path: Path) -> None:
    rows = ["A1;2020-04-02;SÄS;Borås;Borås;Digitala möten;Vilande;",
            "A2;2020-04-02;SÄS;Borås;Borås;;-;"]  # fmt: skip
    told = read(write(tmp_path, cases(*rows)))
    assert told.at == [("unknown-category", "F2"), ("unknown-category", "G2")]
    assert told.table("process", "status") == [("Digitala möten", "Vilande"), (None, None)]


def test_the_municipality_may_be_told_by_the_organisations(tmp_path: Path) -> None:
    head = "Ärendenummer;Registreringsdatum;Från;Till;Process"
    rows = [
        "A1;2020-04-02;SÄS;Borås Stad;SIP",
        "A2;2020-04-02;Marks kommun;Borås Stad;SIP",
        "A3;2020-04-02;SÄS;Närhälsan Boda;SIP",
        "A4;2020-04-02;Kungsbacka kommun;SU;SIP",
    ]
    told = read(write(tmp_path, cases(*rows, head=head)))
    assert told.at == [("no-municipality", "C4")]
    assert told.table("case_number", "municipality") == [("A1", "1490"), ("A2", "1463")]


def test_a_case_of_no_or_another_place_is_told(tmp_path: Path) -> None:
    rows = ["A1;2020-04-02;SÄS;Närhälsan;;SIP;;", "A2;2020-04-02;SU;X;Kungsbacka;SIP;;",
            "A3;2020-04-02;SU;X;Atlantis;SIP;;", "A4;2020-04-02;SU;X;Fyrbodal;SIP;;",
            "A5;2020-04-02;SU;X;Alla;SIP;;"]  # fmt: skip
    told = read(write(tmp_path, cases(*rows)))
    assert sorted(told.at, key=str) == [
        ("outside-county", "E3"),
        ("required", "E2"),
        ("unknown-municipality", "E4"),
        ("unknown-municipality", "E5"),
        ("unknown-municipality", "E6"),
    ]


def test_a_case_twice_in_a_file_and_an_answer_before_the_question(tmp_path: Path) -> None:
    rows = [f"A1;2020-04-02;{REST};2020-03-01", f"a1;2020-04-05;{REST};"]
    told = read(write(tmp_path, cases(*rows)))
    assert told.at == [("duplicate-row", "A3"), ("date-order", "H2")]


def test_a_personal_identity_number_in_a_free_text_stops_the_whole_file(tmp_path: Path) -> None:
    row = f"A1;2020-04-02;{REST};;=1+1;ring 19121212-1212"
    told = read(write(tmp_path, cases(row, head=f"{HEAD};Åtgärd;Beskrivning")))
    assert told.codes == ["personal-identity-number"]
    assert "1212" not in told.problems[0].message


SPANS = {
    "Urval: 2020-04-01 – 2020-06-30": "2020-04-01 till 2020-06-30",
    "Registrerade 2020-04-01 t.o.m. 2020-05-15": "2020-04-01 till 2020-05-15",
    "Period: 1 april 2020 – 30 juni 2020": "2020-04-01 till 2020-06-30",
    "Ärenden 1 april–30 juni 2020": "2020-04-01 till 2020-06-30",
    "Från och med: 20200401;Till och med: 20200630": "2020-04-01 till 2020-06-30",
    "Urval: 2020-04 – 2020-06": "2020-04-01 till 2020-06-30",
    "April–juni 2020": "2020-04-01 till 2020-06-30",
    "April 2020 till juni 2020": "2020-04-01 till 2020-06-30",
    "Kvartal 2 2020": "2020-04-01 till 2020-06-30",
    "Kvartal 4 2019": "2020-04-20 till 2020-04-21",
    "Urval: 2020-04-01 – 2020-06-30;Uttag 2020-05-31": "2020-04-01 till 2020-05-31",
    "Uttag 2020-07-02": "2020-04-20 till 2020-04-21",
}


@parametrize_some("title", SPANS, usual=5)
def test_the_selection_is_what_a_title_says(title: str, tmp_path: Path) -> None:
    rows = [f"A1;2020-04-20;{REST};", f"A2;2020-04-21;{REST};"]
    told = read(write(tmp_path, cases(*rows, above=title.replace(";", "\n"))), covers=["simba"])
    assert told.coverage == f"Täcker {SPANS[title]}, SIMBA (enligt angivelse)."


def test_the_files_name_may_say_the_months(tmp_path: Path) -> None:
    path = write(tmp_path, cases(f"A1;2020-04-20;{REST};"), name="mcp_arenden_2020-04_2020-06")
    assert read(path, covers=["simba"]).coverage.startswith("Täcker 2020-04-01 till 2020-06-30")


def load(folder: Path, content: str, *covers: str) -> int:
    with pipeline.checked(write(folder, content), covers=covers) as file:
        assert file.ok, file.problems
        done = pipeline.publish(file)
        assert done.load_id is not None
        return done.load_id


def registered(level: str = "municipality", key: str = "deviations") -> dict[str, object]:
    found = values(indicator=key, level=level, raw=True)
    return {
        f"{one.period} {one.name}": (one.value, one.status)
        for one in found
        if one.value or one.status == "ok"
    }


Q2 = "Urval: 2020-04-01 – 2020-06-30"
OF_SAMLA = "Lerums kommun;Närhälsan;Lerum;Läkemedel;Ny;"


def of_samla(*cases_of: Sequence[str], above: str = Q2) -> str:
    return cases(*(f"{number};{day};{OF_SAMLA}" for number, day in cases_of), above=above)


def test_cases_and_counts_own_a_quarter_by_how_fine_and_whole_they_are(tmp_path: Path) -> None:
    counts = "Kvartal;Kommun;Läkemedel\n2020-K2;Lerum;9\n2020-K2;Alingsås;1\n"
    part = of_samla(("A1", "2020-04-02"), above="Urval: 2020-04-01 – 2020-05-15")
    load(tmp_path, part, "samla")
    assert registered() == {"2020-K2 Lerum": (1, "partial")}
    by_counts = load(tmp_path, counts)
    assert registered() == {"2020-K2 Alingsås": (1, "ok"), "2020-K2 Lerum": (9, "ok")}
    whole = load(tmp_path, of_samla(("A1", "2020-04-02"), ("A2", "2020-06-02")), "samla")
    assert registered() == {"2020-K2 Alingsås": (0, "ok"), "2020-K2 Lerum": (2, "ok")}
    pipeline.withdraw(whole, reason="fel")
    assert registered() == {"2020-K2 Alingsås": (1, "ok"), "2020-K2 Lerum": (9, "ok")}
    pipeline.withdraw(by_counts, reason="fel")
    assert registered() == {"2020-K2 Lerum": (1, "partial")}


def test_a_later_export_moves_a_case_and_withdrawing_it_moves_it_back(tmp_path: Path) -> None:
    load(tmp_path, of_samla(("A1", "2020-06-30"), ("A2", "2020-06-02")), "samla")
    later = of_samla(("a1", "2020-07-01"), ("A2", "2020-06-02"),
                     above="Urval: 2020-04-01 – 2020-09-30")  # fmt: skip
    number = load(tmp_path, later, "samla")
    assert registered("area") == {"2020-K2 SAMLA": (1, "ok"), "2020-K3 SAMLA": (1, "ok")}
    pipeline.withdraw(number, reason="fel")
    assert registered("area") == {"2020-K2 SAMLA": (2, "ok")}


def test_a_selection_that_has_older_cases_does_not_cover_their_quarter(tmp_path: Path) -> None:
    load(tmp_path, of_samla(("A1", "2020-01-02"), ("A2", "2020-05-02")), "samla")
    assert registered("area") == {"2020-K1 SAMLA": (1, "partial"), "2020-K2 SAMLA": (1, "ok")}


def test_an_export_of_one_area_says_nothing_of_the_others(tmp_path: Path) -> None:
    load(tmp_path, of_samla(("A1", "2020-05-02")), "samla")
    assert registered("area") == {"2020-K2 SAMLA": (1, "ok")}
    (county,) = values(indicator="deviations", level="county", raw=True)
    assert (county.value, county.status, county.reported, county.expected) == (1, "partial", 2, 49)


def test_cases_around_the_series_break_are_each_in_their_quarter(tmp_path: Path) -> None:
    days = ["2021-03-31", "2021-03-31 23:59", "2021-04-01", "2021-04-01 00:00"]
    rows = [f"A{n};{day};SU;Göteborgs Stad;Göteborg;SIP;;" for n, day in enumerate(days)]
    load(tmp_path, cases(*rows, above="Urval: 2021-01-01 – 2021-06-30"), "goteborg")
    found = registered("area")
    assert found == {"2021-K1 Göteborgsområdet": (2, "ok"), "2021-K2 Göteborgsområdet": (2, "ok")}
