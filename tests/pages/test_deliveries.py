"""The Data page without a browser: what it says of a file, publishing, history and withdrawing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import pipeline
from metrics import loaded, values
from tests.effort import in_soak, parametrize_some
from tests.pages.conftest import as_shown, unfolded
from ui.deliveries import intake
from warehouse import store

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
PAGE = "pages/deliveries.py"
DATA = Path(__file__).parents[1] / "data"
HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"
GOOD = (HEAD + "2019-07;Borås;10;5\n2019-07;Mark;40;80\n").encode()
CHANGED = (HEAD + "2019-07;Borås;10;7\n2019-07;Mark;40;80\n").encode()
SMALLER = (HEAD + "2019-08;Borås;10;7\n").encode()
PERSON = f"{HEAD}19900101-0017;Borås;10;5\n".encode()
STAYS = (
    "Kommun;Sjukhus;Vårdform;Meddelande utskrivningsklar;Utskrivningsdatum\n"
    "Borås;SÄS;Somatik;2019-07-01 10:00;2019-07-03 12:00\n"
    "Mark;SÄS;Somatik;2019-07-01 10:00;2019-07-03 12:00\n"
).encode()


def upload(test: AppTest, *files: tuple[str, bytes]) -> AppTest:
    test.file_uploader[0].set_value([(name, content, "") for name, content in files]).run()
    assert not test.exception
    return test


def press(test: AppTest, label: str, *, nth: int = 0) -> AppTest:
    [button for button in test.button if button.label == label][nth].click().run()
    assert not test.exception
    return test


def choose(test: AppTest, load: int) -> None:
    test.selectbox(key="load").select(load).run()
    assert not test.exception


def mean(place: str = "1490", period: str = "2019-07") -> float | None:
    found = values.values(
        indicator="mean_days", level="municipality", place=place, start=period, raw=True
    )
    return found[0].value if found else None


@pytest.fixture
def page(open_empty: Opened) -> AppTest:
    return open_empty(PAGE)


def test_it_works_where_nothing_has_been_loaded(page: AppTest, html_of: Markup) -> None:
    assert [header.value for header in page.header][:4] == [
        "Läs in filer",
        "Hämtade filer",
        "Historik",
        "Vad som saknas",
    ]
    assert html_of(page).count("Ingenting har lästs in ännu.") == 2


def test_a_good_file_is_explained_and_published(
    page: AppTest, html_of: Markup, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(page, ("uttag.csv", GOOD))
    assert page.subheader[0].value == r"✓ Klar att publicera: uttag\.csv"
    assert "2 rader, 2 kommuner, juli 2019." in html_of(page)
    assert store.version() is None
    page.session_state["omrade"] = "samla"
    # What is published is not checked once more.
    monkeypatch.setattr(intake, "examine", None)
    press(page, "Publicera")
    assert as_shown(page.success[0].value) == "uttag.csv är publicerad som inläsning 1."
    assert "Utskrivningsklara: nu gäller juli 2019" in [head.value for head in page.subheader]
    assert page.session_state["period"] == "2019-07"
    ways = {link.proto.label: link.proto for link in page.get("page_link")}
    assert ways["Öppna juli 2019"].page.endswith("manadsuppfoljning")
    assert "rapport=underlag" in ways["Gör rapporten"].query_string
    assert all("omrade=samla" in way.query_string for way in ways.values())
    assert mean() == 0.5
    # One card says it all; afterwards the file is one that is known.
    known = "✓ Redan inläst: uttag.csv"
    assert known not in [as_shown(head.value) for head in page.subheader]
    assert known in [as_shown(head.value) for head in page.run().subheader]


def test_a_file_waits_while_its_reader_looks_at_another_page(page: AppTest) -> None:
    upload(page, ("uttag.csv", GOOD), ("person.csv", PERSON))
    page.switch_page("pages/indicators.py").run()
    page.switch_page(PAGE).run()
    assert [as_shown(head.value) for head in page.subheader] == ["✓ Klar att publicera: uttag.csv"]
    press(page, "Lägg undan filen")
    assert not page.subheader


def test_the_ten_planted_faults_are_told_in_a_table(page: AppTest, html_of: Markup) -> None:
    upload(page, ("fel.xlsx", (DATA / "fel_utskrivningsklar.xlsx").read_bytes()))
    assert page.subheader[0].value.startswith("✗ Har fel")
    text = html_of(page)
    for cell in ("B5", "E7", "F9", "D11", "A13", "B15", "D17", "E19", "C21", "A34"):
        assert f"<td>{cell}</td>" in text
    assert "9 fel och 1 varning" in text
    assert page.download_button[0].label == "Ladda ner filen med felen markerade"
    assert not [button for button in page.button if button.label == "Publicera"]


def test_what_changes_is_told_before_it_is_done(page: AppTest, html_of: Markup) -> None:
    press(upload(page, ("uttag.csv", GOOD)), "Publicera")
    upload(page, ("rättat.csv", CHANGED))
    text = html_of(page)
    assert "ändrade värden" in text
    assert "<td>5</td><td>7</td>" in text
    assert (
        "Då gäller: genomsnittlig vårdtid som utskrivningsklar, Västra Götaland. Juli 2019: "
        "1,74 dagar." in text.replace("\u00a0", " ")
    )
    assert mean() == 0.5


def test_warnings_are_confirmed_before_publishing(page: AppTest) -> None:
    press(upload(page, ("uttag.csv", GOOD)), "Publicera")
    upload(page, ("färre.csv", SMALLER))
    assert page.subheader[0].value.startswith("! Har varningar")
    press(page, "Publicera")
    assert page.warning[0].value == "Bekräfta varningarna ovanför knappen först."
    assert store.version() == 1
    page.checkbox[0].check().run()
    press(page, "Publicera")
    assert store.version() == 2


@in_soak
def test_a_coarser_file_replaces_finer_data_only_where_told(page: AppTest) -> None:
    press(upload(page, ("vtf.csv", STAYS)), "Publicera")
    assert mean() == 2.0
    upload(page, ("uttag.csv", GOOD))
    press(page, "Publicera")
    assert mean() == 2.0
    upload(page, ("uttag 2.csv", CHANGED))
    page.checkbox[0].check().run()
    press(page, "Publicera")
    assert mean() == 0.7


def test_many_files_are_listed_and_the_ready_ones_published_at_once(
    page: AppTest, html_of: Markup
) -> None:
    upload(page, ("a.csv", GOOD), ("fel.csv", b"x;y\n1;2\n"), ("b.csv", STAYS))
    assert "3 filer" in html_of(page)
    press(page, "Publicera de 2 filer som är klara")
    assert len(page.success) == 2
    assert store.version() == 2


def test_two_files_of_the_same_name_at_once(page: AppTest) -> None:
    upload(page, ("uttag.csv", GOOD), ("uttag.csv", STAYS.replace(b"-07-", b"-08-")))
    press(page, "Publicera", nth=0)
    press(page, "Publicera", nth=0)
    assert [load.file for load in loaded.loads()] == ["uttag.csv", "uttag.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.csv",
        "<b>fet</b>.csv",
        *(pytest.param(one, marks=in_soak) for one in ("/tmp/x.csv", r"C:\a\b.csv", "a\nb.csv")),
    ],
)
def test_a_name_is_only_shown(page: AppTest, html_of: Markup, name: str) -> None:
    upload(page, (name, GOOD))
    press(page, "Publicera")
    # A line break would steer what shows the name: it is kept as a sign that cannot.
    assert loaded.loads()[0].file == name.replace("\n", "\ufffd")
    assert "<b>fet" not in html_of(page)


def test_somebody_else_publishing_means_a_new_look(page: AppTest, tmp_path: Path) -> None:
    upload(page, ("uttag.csv", GOOD))
    other = tmp_path / "annan.csv"
    other.write_bytes(GOOD)
    with pipeline.checked(other) as file:
        pipeline.publish(file)
    press(page, "Publicera")
    assert [load.file for load in loaded.loads()] == ["annan.csv"]


def test_a_yes_to_something_else_is_no_yes(open_empty: Opened, tmp_path: Path) -> None:
    open_empty(PAGE)
    seen = intake.examine("färre.csv", SMALLER)
    other = tmp_path / "annan.csv"
    other.write_bytes(GOOD)
    with pipeline.checked(other) as file:
        pipeline.publish(file)
    answer = intake.publish("färre.csv", SMALLER, seen=seen, replace_finer=False)
    assert not answer.done
    assert store.version() == 1


@pytest.mark.parametrize(
    ("error", "text"),
    [(store.Busy("Upptaget."), "Upptaget."), (store.Unwritable("Fullt."), "Fullt.")],
)
def test_a_warehouse_that_cannot_be_written_is_told(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, error: Exception, text: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    upload(page, ("uttag.csv", GOOD))
    monkeypatch.setattr(pipeline, "publish", refuse)
    press(page, "Publicera")
    assert as_shown(page.error[0].value) == text


def test_a_load_is_withdrawn_with_a_reason_and_what_it_covered_is_back(
    page: AppTest, html_of: Markup
) -> None:
    press(upload(page, ("uttag.csv", GOOD)), "Publicera")
    press(upload(page, ("rättat.csv", CHANGED)), "Publicera")
    assert mean() == 0.7
    choose(page, 2)
    assert "<td>7</td><td>5</td>" in html_of(page)
    press(page, "Ta tillbaka")
    assert page.warning[0].value == "Skriv varför inläsningen tas tillbaka."
    page.text_input[0].input("Fel fil")
    press(page, "Ta tillbaka")
    assert as_shown(page.success[0].value) == "Inläsning 2, rättat.csv, är återtagen."
    assert mean() == 0.5
    assert ": Fel fil" in html_of(page)


def test_the_original_is_had_again_but_not_that_of_stays(page: AppTest, html_of: Markup) -> None:
    press(upload(page, ("uttag.csv", GOOD)), "Publicera")
    assert pipeline.original(1) == GOOD
    choose(page, 1)
    assert "Ladda ner originalfilen" in [button.label for button in page.download_button]
    press(upload(page, ("vtf.csv", STAYS)), "Publicera")
    with pytest.raises(KeyError):
        pipeline.original(2)
    choose(page, 2)
    assert "sparas inte" in html_of(page)


def test_the_same_fault_is_told_once(page: AppTest, html_of: Markup) -> None:
    rows = "".join(f"2019-{month:02d};Boras stad;1;2\n" for month in range(1, 13))
    upload(page, ("uttag.csv", (HEAD + rows).encode()))
    assert "B2, B3, B4, B5, B6, B7 och 6 till" in html_of(page)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\a\b.csv", "b.csv"),
        ("a\nb.csv", "ab.csv"),
        ("", "fil"),
    ],
)
def test_a_name_to_save_under(name: str, plain: str) -> None:
    assert intake.plain_name(name) == plain


FOREIGN = "Rapportperiod;Boende i;N utskrivna pat;Dgr tot\n2019-07;Borås;10;5\n".encode()


def test_foreign_headings_are_asked_about_once(page: AppTest, html_of: Markup) -> None:
    upload(page, ("juli.csv", FOREIGN))
    assert page.subheader[0].value.startswith("? Känns inte igen")
    boxes = [box for box in page.selectbox if str(box.key).startswith("heading-")]
    assert [box.value for box in boxes] == ["period", "municipality", "discharges", "ready_days"]
    press(page, "Spara profilen och läs filen")
    assert page.subheader[0].value.startswith("✓ Klar att publicera")
    upload(page, ("augusti.csv", FOREIGN.replace(b"-07", b"-08")))
    assert page.subheader[0].value.startswith("✓ Klar att publicera")
    assert "”Boende i” är Kommun" in html_of(page)
    press(page, "Ta bort profilen")
    assert "Inga rubriker har behövt förklaras ännu." in html_of(page)


def test_a_refused_file_is_called_what_it_is(page: AppTest) -> None:
    person = HEAD + "Not;19900101-0017;;\n"
    upload(page, ("person.csv", person.encode()), ("brev.docx", b"PK\x03\x04"))
    said = [head.value for head in page.subheader]
    assert said[0].startswith("✗ Har personnummer")
    assert said[1].startswith("✗ Går inte att läsa in")


def test_a_column_chosen_twice_is_refused(page: AppTest) -> None:
    upload(page, ("juli.csv", FOREIGN))
    boxes = [box for box in page.selectbox if str(box.key).startswith("heading-")]
    boxes[3].select("discharges")
    press(page, "Spara profilen och läs filen")
    assert page.warning[0].value == "Antal utskrivna är vald för mer än en kolumn."


@parametrize_some(
    ("name", "described"),
    [
        ("befolkning_2025.csv", "49 rader, 49 kommuner, 2025."),
        ("brister_2020_kv1.ods", "35 rader, 5 kommuner, kvartal 1 2020."),
        ("medel_2020.xlsx", "16 rader, 2019–2020."),
        ("mcp_arenden_2020-04_2021-06.xlsx", "1\u00a0168 rader, 49 kommuner, kvartal 2 2020–"),
    ],
    usual=2,
)
def test_other_files_are_described_and_published(
    page: AppTest, html_of: Markup, name: str, described: str
) -> None:
    upload(page, (name, (DATA / "exports" / name).read_bytes()))
    assert described in html_of(page)
    for box in page.checkbox:
        box.check().run()
    press(page, "Publicera")
    assert [load.file for load in loaded.loads()] == [name]


def test_the_user_says_which_areas_cases_are_of(page: AppTest, html_of: Markup) -> None:
    content = (
        "Urval: 2020-04-01 – 2020-06-30;;;;\nÄrendenr;Registrerad;Från;Till;Process\n"
        "1;2020-04-03;Borås;SÄS;Läkemedel\n"
    ).encode()
    upload(page, ("ärenden.csv", content))
    assert "inget helt område (bedömt" in html_of(page)
    page.multiselect[0].set_value(["sodra-alvsborg"]).run()
    assert "Södra Älvsborg (enligt angivelse)" in html_of(page)
    press(page, "Publicera")
    (found,) = values.values(indicator="deviations", level="area", place="sodra-alvsborg", raw=True)
    assert (found.status, found.reported) == ("ok", 8)


def test_corrected_funds_are_shown_by_programme(page: AppTest, html_of: Markup) -> None:
    head = "Program;År;Nivå;Mottagare;Tilldelat\n"
    for amount in ("100 kr", "200 kr"):
        upload(page, ("medel.csv", f"{head}Psykisk hälsa;2025;Kommun;Ale;{amount}\n".encode()))
        if amount == "100 kr":
            press(page, "Publicera")
    assert "Psykisk hälsa" in html_of(page)


def test_two_versions_are_named_by_what_made_them_and_compared(
    page: AppTest, html_of: Markup
) -> None:
    upload(page, ("uttag.csv", GOOD))
    press(page, "Publicera")
    with pytest.raises(KeyError):
        page.selectbox(key="version-old")
    pipeline.withdraw(1, reason="prov")
    page.run()
    assert not page.exception
    assert "borttagna värden" not in html_of(page)
    unfolded(page, "versions")
    older, newer = (page.selectbox(key=key).options for key in ("version-old", "version-new"))
    assert older == newer
    assert [name.partition(": ")[2] for name in newer] == [
        "inläsning 1 tagen tillbaka (prov)",
        "uttag.csv läst in",
    ]
    assert "borttagna värden" in html_of(page)
    # All values fare alike, which as a chart would be equal blocks.
    assert "Det gäller juli 2019." in html_of(page)
    assert not page.get("plotly_chart")


def test_what_a_file_leaves_unclear_is_asked_and_the_receipt_shown(
    page: AppTest, html_of: Markup
) -> None:
    rows = b"Kommun;Antal utskrivna;Antal dagar;Kommentar\nMark;40;80;ny\n"
    upload(page, ("uttag.csv", rows))
    assert page.subheader[0].value.startswith("✗ Har fel")
    assert "Publicera" not in [button.label for button in page.button]
    (box,) = [box for box in page.text_input if str(box.key).startswith("question-")]
    box.set_value("2019-07")
    press(page, "Svara och läs filen igen")
    assert page.subheader[0].value.startswith("✓ Klar att publicera")
    shown = html_of(page)
    assert "3 celler ur kolumnerna Kommun, Antal utskrivna och Antal dagar" in shown
    assert "Läses inte: Kommentar (fri text)" in shown
    press(page, "Publicera")
    assert mean("1463") == 2
