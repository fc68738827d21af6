"""Kolada and Statistics Sweden as sources, against stand-ins that revise, fail, limit and lie."""

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest

import pipeline
from metrics.catalogue import indicators
from metrics.values import values
from settings import archive_dir, inbox_dir, settings
from sources import kolada as kolada_api
from sources.declaration import Source, SourceError, sources
from sources.fetching import fetched
from sources.pull import decided, inboxed, pull, waiting
from tests.sources.statistics_server import PLACES, Kolada, Scb, serving
from views import compare
from views.explaining.definitions import definition
from views.ranking import country
from warehouse import store
from warehouse.journal.arrivals import ArrivalState


@pytest.fixture
def kolada(data: Path) -> Iterator[tuple[Kolada, Any]]:
    """Kolada, declared as a source of two measures that may be asked for again at once."""
    stand_in = Kolada()
    with serving(lambda path, query, _, address: stand_in.answer(path, query, address)) as site:
        _declare(
            f'[kolada]\nwhere = "{site.address}"\napi = "kolada"\nyears = 2\nevery_days = 0\n'
            "[kolada.measures]\n"
            'N00001 = { unit = "dagar", direction = "lower" }\nU00002 = { unit = "procent" }\n'
        )
        yield stand_in, site


@pytest.fixture
def scb(data: Path) -> Iterator[tuple[Scb, Any]]:
    """Statistics Sweden, declared as a source of inhabitants."""
    stand_in = Scb(PLACES)
    with serving(lambda path, _, body, __: stand_in.answer(path, body)) as site:
        _declare(
            f'[folk]\nwhere = "{site.address}"\napi = "scb"\ntable = "TAB638"\nyears = 2\n'
            'publish = "clean"\n[folk.select]\nAlder = ["tot"]\nKon = ["1", "2"]\n'
        )
        yield stand_in, site


def _declare(text: str) -> None:
    folder = archive_dir().parent
    folder.mkdir(exist_ok=True)
    (folder / "sources.toml").write_text(text, encoding="utf-8")


def _refusal(source: Source) -> str:
    with pytest.raises(SourceError) as refused:
        list(fetched(source, known=()))
    return str(refused.value)


def test_measures_come_in_with_their_titles_and_what_changed_is_shown(
    kolada: tuple[Kolada, Any],
) -> None:
    stand_in, site = kolada
    stand_in.page = 60
    stand_in.groups = [
        _group("Liknande kommuner, övergripande, Lerum, 2023", ["0114", "0115"]),
        _group("Liknande kommuner, övergripande, Lerum, 2025", ["1441", "0114", "0116", "0117"]),
        _group("Liknande kommuner äldreomsorg, Lerum, 2026", ["0118"]),
        _group("Liknande kommuner, övergripande, Lund, 2025", ["0119"]),
    ]
    (answer,) = pull()
    assert not answer.trouble
    assert [(file.name, file.state) for file in answer.files] == [
        ("kolada.json", ArrivalState.WAITING),
        ("kolada_riket.json", ArrivalState.WAITING),
    ]
    # 49 municipalities are two questions, and 25 of them two measures and two years: two pages.
    asked = [path.partition("/municipality/")[0].partition("/year/")[0] for path in site.asked]
    assert asked[:5] == ["/kpi/N00001,U00002", *["/data/kpi/N00001,U00002"] * 4]
    # 81 places, two measures and two years are six pages.
    assert asked[5:] == ["/municipality_groups", *["/data/kpi/N00001,U00002"] * 6]
    told = indicators()["n00001"]
    assert (told.name, told.unit, told.direction) == ("Väntetid, dagar", "dagar", "lower")
    assert told.definition == "Vad N00001 betyder."
    assert told.source == "Kolada (RKA), nyckeltal N00001"
    _publish()
    shown = {one.place: one.value for one in values(indicator="n00001", start="2025")}
    assert shown == {place: _value(place) for place in PLACES}
    kept = [json.loads(raw.read_bytes()) for raw in archive_dir().iterdir()]
    assert sum(len(answers) for one in kept for answers in one.values()) == len(site.asked)
    _look_at_the_country(stand_in)
    assert [one.files for one in pull()] == [()]
    stand_in.revised = 0.5
    (again,) = pull()
    with pipeline.checked(inboxed(again.files[0])) as file:
        found = pipeline.preview(file)
    assert {(one.indicator, one.period, one.changed) for one in found.periods if one.changed} == {
        (key, period, 49) for key in ("n00001", "u00002") for period in ("2024", "2025")
    }


def _group(title: str, codes: list[str]) -> dict[str, Any]:
    members = [{"member_id": code, "member_title": code} for code in codes]
    return {"id": "G1", "title": title, "members": members}


def _look_at_the_country(stand_in: Kolada) -> None:
    """The middle half of the municipalities, and Lerum beside those that are like it."""
    shown = country.beside("n00001", period="2025")
    assert shown is not None
    codes = stand_in.everywhere[:-2]
    lower, median, upper = quantiles([_value(code) for code in codes], method="inclusive")
    spread = shown.spread
    assert spread.count == len(codes)
    found = [spread.lower, spread.median, spread.upper]
    assert found == pytest.approx([lower, median, upper])
    assert shown.finding.startswith("79 av rikets kommuner, 2025: median ")
    assert "Koladas: Liknande kommuner, övergripande." in shown.note
    beside = shown.rows.set_index("name").loc["Lerum"]
    assert (beside["value"], beside["similar_count"]) == (_value("1441"), 3)
    assert beside["similar"] == _value("0116")
    assert shown.rows.set_index("name").loc["Ale", "similar_count"] == 0
    assert country.beside("mean_days", period="2025") is None
    across = compare.across("n00001", area="samla", against="lan", period="2025")
    assert list(across.lines["value"]) == pytest.approx([median])
    assert across.lines["text"][0].startswith("Rikets median ")
    lines = dict(definition(indicators()["n00001"], settings()).lines)
    assert lines["I riket"] == country.told(shown.indicator, "2025", spread)


def _value(code: str) -> float:
    return round(int(code) % 50 + 2.5, 1)


def _publish() -> None:
    for arrival in waiting():
        with pipeline.checked(inboxed(arrival)) as file:
            pipeline.publish(file)
        decided(arrival, ArrivalState.PUBLISHED, told="")


def test_inhabitants_come_in_with_both_sexes_and_all_ages(scb: tuple[Scb, Any]) -> None:
    stand_in, site = scb
    (answer,) = pull()
    assert [(file.state, file.told) for file in answer.files] == [
        (ArrivalState.PUBLISHED, "Inläsning 1.")
    ]
    with store.reading() as connection:
        assert connection is not None
        found = connection.execute("select * from resident where year = 2024").fetchall()
    assert {code: count for code, _, count in found} == {
        place: sum(stand_in.number(place, "tot", sex, "", "2024") for sex in "12")
        for place in PLACES
    }
    assert not inbox_dir().exists()
    asked = len(site.asked)
    # An API is left alone for a day after it has answered.
    assert pull() == ()
    assert len(site.asked) == asked


def test_what_is_too_much_at_once_is_asked_for_years_by_years(scb: tuple[Scb, Any]) -> None:
    stand_in, _ = scb
    stand_in.cells = 49 * 2
    (folk,) = sources()
    assert [file.name for file in fetched(folk, known=())] == [
        "TAB638_2024-2024.json",
        "TAB638_2025-2025.json",
    ]
    stand_in.cells = 49
    assert "En period av tabellen är 98 celler" in _refusal(folk)


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ({"Kon": ("1", "2")}, "Ange koder för Alder"),
        ({"Alder": ("tot",)}, "Ange koder för Kon"),
        ({"Alder": ("65+",), "Kon": ("1", "2")}, "har inte 65+ i variabeln Alder"),
        ({"Alder": ("tot",), "Sex": ("1",)}, "har ingen variabel Sex"),
    ],
)
def test_sex_and_age_are_never_left_unsaid(
    scb: tuple[Scb, Any], select: dict[str, tuple[str, ...]], said: str
) -> None:
    (folk,) = sources()
    assert said in _refusal(folk.model_copy(update={"select": select}))


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (None, ""),
        ("http://api.kolada.se/v3/kpi?page=2", "https://api.kolada.se/v3/kpi?page=2"),
        ("/v3/kpi?page=2", "https://api.kolada.se/v3/kpi?page=2"),
    ],
)
def test_the_next_page_is_asked_for_as_the_first_was(told: str | None, asked: str) -> None:
    assert kolada_api.next_page(told, "https://api.kolada.se/v3/kpi", ()) == asked


BUSY = (429, {"Retry-After": "0"}, b"")


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ([BUSY] * 3, "för många frågor"),
        ([(403, {}, b"{}")], "nekar"),
        ([(404, {}, b"{}")], "404"),
        ([(302, {"Location": "https://example.se/"}, b"")], "inte följs"),
        ([(200, {}, b'{"values": [')], "inte hel JSON"),
        ([(200, {}, b'{"value": []}')], "saknar values"),
        ([(200, {}, b'{"values": [], "next_url": "https://example.se/"}')], "inte är nästa del"),
        ([(200, {}, b'{"values": [{"id": "N00001", "title": "T"}]}')], "inget nyckeltal U00002"),
        ([(200, {}, b'{"values": [], "count": 2, "next_url": null}')], "2 värden men gav 0"),
    ],
)
def test_what_is_no_answer_is_said_and_nothing_is_read(
    kolada: tuple[Kolada, Any], first: list[tuple[int, dict[str, str], bytes]], said: str
) -> None:
    _, site = kolada
    site.first = list(first)
    (answer,) = pull()
    assert said in answer.trouble
    assert answer.files == ()
    assert not inbox_dir().exists()


def test_a_busy_server_is_asked_again_and_one_that_lies_is_not_believed(
    kolada: tuple[Kolada, Any],
) -> None:
    stand_in, site = kolada
    site.first = [BUSY, BUSY]
    (source,) = sources()
    assert len(list(fetched(source, known=()))) == 2
    stand_in.late = -20
    assert "som det inte frågades om" in _refusal(source)
    stand_in.lie = True
    assert "som det inte frågades om" in _refusal(source)


def test_a_table_that_lies_is_not_believed(scb: tuple[Scb, Any]) -> None:
    stand_in, site = scb
    stand_in.lie = True
    (folk,) = sources()
    assert "andra koder för Tid" in _refusal(folk)
    assert len(site.asked) == 3
    rarely = {"maxDataCells": 1, "maxCallsPerTimeWindow": 1, "timeWindow": 86400}
    site.first = [(200, {}, json.dumps(rarely).encode())]
    assert "en fråga på 86400 sekunder" in _refusal(folk)
