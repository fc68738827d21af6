import datetime
from pathlib import Path

import pytest

import pipeline
from metrics.due import due, last_ended
from settings import settings
from views import coverage
from views.coverage import DeliveryState

TODAY = datetime.date(2020, 4, 10)
HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"


def publish(folder: Path, text: str) -> None:
    path = folder / "uttag.csv"
    path.write_text(text, encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        pipeline.publish(file)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def loaded(empty: Path) -> None:
    """All of Göteborgsområdet in December, one municipality in January, none in February."""
    places = ["Göteborg", "Härryda", "Mölndal", "Partille", "Öckerö"]
    rows = [f"2019-12;{place};5;4\n" for place in places] + ["2020-01;Göteborg;5;4\n"]
    rows += [f"2020-01;{place};-;-\n" for place in places[1:]]
    publish(empty, HEAD + "".join(rows))


def states(
    today: datetime.date, place: str = "goteborg", *, delivery: str = "discharges"
) -> dict[str, str]:
    table = coverage.coverage(delivery, today=today, settings=settings())
    rows = table[table["place"] == place]
    return dict(zip(rows["period"], rows["state"], strict=True))


def test_each_period_says_how_it_stands(loaded: None) -> None:
    assert states(TODAY) == {
        "2020-03": DeliveryState.WAITING,
        "2020-02": DeliveryState.LATE,
        "2020-01": DeliveryState.PARTIAL,
        "2019-12": DeliveryState.DELIVERED,
    }


def test_the_day_after_the_due_day_is_late(loaded: None) -> None:
    found = states(datetime.date(2020, 4, 11))
    assert found["2020-03"] == DeliveryState.LATE
    assert found["2020-02"] == DeliveryState.MISSING


def test_an_area_that_never_delivered_is_missing(loaded: None) -> None:
    assert states(TODAY, "skaraborg")["2019-12"] == DeliveryState.MISSING


def test_due_days_come_from_the_settings() -> None:
    chosen = settings().model_copy(
        update={"due_day_month": 7, "due_day_quarter": 20, "due_day_year": "03-05"}
    )
    assert due("2019-12", settings=chosen) == datetime.date(2020, 1, 7)
    assert due("2019-11", settings=chosen) == datetime.date(2019, 12, 7)
    assert due("2020-K1", settings=chosen) == datetime.date(2020, 4, 20)
    assert due("2020-K4", settings=chosen) == datetime.date(2021, 1, 20)
    assert due("2020", settings=chosen) == datetime.date(2021, 3, 5)


def test_the_last_period_that_has_ended() -> None:
    assert last_ended("month", today=datetime.date(2020, 1, 1)) == "2019-12"
    assert last_ended("quarter", today=datetime.date(2020, 1, 1)) == "2019-K4"
    assert last_ended("quarter", today=datetime.date(2020, 12, 31)) == "2020-K3"
    assert last_ended("year", today=datetime.date(2020, 12, 31)) == "2019"


def test_an_empty_warehouse_gives_a_year(empty: Path) -> None:
    assert len(states(TODAY)) == 12


CASES = (
    "Avvikelser i samverkan\nUrval: 2020-01-01 – {last}\nUttag {last}\n\nÄrendenummer;"
    "Registreringsdatum;Rapporterande organisation;Mottagande organisation;Kommun;Process\n"
)
CASE = "{number};2020-02-0{number};{home};Närhälsan;{home};In- och utskrivning\n"


def test_deviations_are_due_by_quarter_and_come_with_all_of_their_area(empty: Path) -> None:
    homes = ["Göteborg", "Härryda", "Mölndal", "Partille", "Öckerö"]
    rows = [CASE.format(number=number, home=home) for number, home in enumerate(homes, start=1)]
    publish(empty, CASES.format(last="2020-03-31") + "".join(rows))
    on_time, after = datetime.date(2020, 7, 25), datetime.date(2020, 7, 26)
    assert states(on_time, delivery="deviations") == {
        "2020-K2": DeliveryState.WAITING,
        "2020-K1": DeliveryState.DELIVERED,
    }
    assert states(after, delivery="deviations")["2020-K2"] == DeliveryState.LATE
    assert states(after, "simba", delivery="deviations") == {
        "2020-K2": DeliveryState.LATE,
        "2020-K1": DeliveryState.MISSING,
    }


def test_part_of_a_quarter_is_not_missing(empty: Path) -> None:
    publish(empty, CASES.format(last="2020-02-20") + CASE.format(number=3, home="Ale"))
    assert states(TODAY, "simba", delivery="deviations") == {"2020-K1": DeliveryState.PARTIAL}
    late = states(datetime.date(2020, 8, 1), "simba", delivery="deviations")
    assert late == {"2020-K2": DeliveryState.LATE, "2020-K1": DeliveryState.PARTIAL}


def test_what_is_all_confidential_has_come(empty: Path) -> None:
    publish(empty, HEAD + "2020-02;Göteborg;..;..\n2020-02;Ale;-;-\n2020-01;Ale;5;4\n")
    assert states(TODAY)["2020-02"] == DeliveryState.PARTIAL
    assert states(TODAY, "simba")["2020-02"] == DeliveryState.LATE


def test_each_delivered_indicator_comes_by_itself(empty: Path) -> None:
    (empty / "indicators.toml").write_text(
        """
        [screened]
        name = "Screenade patienter"
        short = "Screenade"
        unit = "procent"
        decimals = 0
        direction = "higher"
        grain = "month"
        dataset = "indicators"
        calculation = "ratio"
        per = 100
        levels = ["county", "area", "municipality"]
        definition = "Andel screenade."
        source = "Eget register"
        """,
        encoding="utf-8",
    )
    homes = ["Lerum", "Alingsås"]
    rows = "".join(f"screened;{home};2020-02;50;100\n" for home in homes)
    rows += "suicides;Lerum;2017;9;\n"
    publish(empty, "Indikator;Plats;Period;Täljare;Nämnare\n" + rows)
    assert [*coverage.deliveries()] == [
        "discharges", "deviations", "sip_share", "suicides", "screened",
    ]  # fmt: skip
    assert states(TODAY, "samla", delivery="screened") == {
        "2020-03": DeliveryState.WAITING,
        "2020-02": DeliveryState.DELIVERED,
    }
    assert DeliveryState.DELIVERED not in states(TODAY, "samla", delivery="sip_share").values()
    assert states(TODAY, "samla", delivery="suicides") == {
        "2019": DeliveryState.WAITING,
        "2018": DeliveryState.LATE,
        "2017": DeliveryState.PARTIAL,
    }
    assert states(datetime.date(2020, 6, 2), "simba", delivery="suicides") == {
        "2019": DeliveryState.LATE,
        "2018": DeliveryState.MISSING,
        "2017": DeliveryState.MISSING,
    }
