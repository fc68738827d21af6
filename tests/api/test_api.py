"""The API over the demo data: the same numbers as the command line and the pages give."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.application import PREFIX, application
from metrics.values import values
from views import trend


@pytest.fixture(scope="module")
def client(demo: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(demo))
        yield TestClient(application(), root_path=PREFIX, base_url="http://127.0.0.1")


def test_values_are_those_of_the_pages(client: TestClient) -> None:
    answer = client.get("/v1/values?indicator=mean_days&level=municipality&limit=10000").json()
    shown = values(indicator="mean_days", level="municipality")
    assert answer["total"] == len(answer["items"]) == len(shown) > 1000
    for one, item in zip(shown, answer["items"], strict=True):
        assert item.pop("preliminary") is False
        assert {name: getattr(one, name) for name in item} == item


def test_what_is_protected_has_no_number(client: TestClient) -> None:
    items = client.get("/v1/values?indicator=over_7&limit=10000").json()["items"]
    hidden = [one for one in items if one["status"] == "confidential"]
    assert hidden
    assert all(one[name] is None for one in hidden for name in ("value", "numerator"))


def test_what_pages_call_preliminary_is_so_here(client: TestClient) -> None:
    asked = "/v1/values?indicator=deviations_open&level=county&format=csv"
    assert {row["preliminary"] for row in csv.DictReader(client.get(asked).text.splitlines())} == {
        "true"
    }
    steps = client.get("/v1/series/deviations_open/county/lan").json()["items"]
    assert all(one["preliminary"] for one in steps)


def test_a_list_comes_in_parts_of_one_version(client: TestClient) -> None:
    address: str | None = "/v1/values?indicator=discharges&level=area&limit=50"
    found = []
    while address:
        page = client.get(address.removeprefix(PREFIX)).json()
        found += page["items"]
        address = page["next"]
        assert len(page["items"]) == 50 or address is None
    assert found == client.get("/v1/values?indicator=discharges&level=area").json()["items"]


def test_swedish_excel_has_semicolons_and_decimal_commas(client: TestClient) -> None:
    address = "/v1/values?indicator=mean_days&level=county&format="
    plain = list(csv.DictReader(io.StringIO(client.get(address + "csv").text)))
    excel = client.get(address + "excel")
    assert excel.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(excel.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["value"].replace(",", ".") for row in rows] == [row["value"] for row in plain]
    assert float(plain[0]["value"]) == values(indicator="mean_days", level="county")[0].value


def test_a_series_has_the_limits_and_signals_of_the_page(client: TestClient) -> None:
    steps = client.get("/v1/series/mean_days/area/fyrbodal").json()["items"]
    shown = trend.trend("mean_days", place="fyrbodal", period=steps[-1]["period"]).steps
    assert [one["period"] for one in steps] == [one.period for one in shown]
    assert [one["upper"] for one in steps] == [one.upper for one in shown]
    assert [one["signal"] for one in steps] == [one.point_type for one in shown]


def test_a_series_ends_where_its_values_do(client: TestClient) -> None:
    address = "/v1/series/mean_days/area/fyrbodal"
    whole = client.get(address).json()["items"]
    assert client.get(f"{address}?to=9999-12").json()["items"] == whole
    assert client.get(f"{address}?to=0001-01").json()["items"] == []


def test_an_answer_that_one_has_already_is_empty(client: TestClient) -> None:
    first = client.get("/v1/places")
    again = client.get("/v1/places", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/v1/places", headers={"If-None-Match": "*"}).status_code == 304
    assert client.get("/v1/places?limit=3").headers["ETag"] != first.headers["ETag"]


def test_a_publication_tells_what_it_changed(client: TestClient) -> None:
    kept = client.get("/v1/versions").json()["items"]
    last = kept[-1]
    assert last["in_force"]
    assert not any(one["in_force"] for one in kept[:-1])
    changes = client.get(f"/v1/versions/{last['version']}/changes").json()["items"]
    assert sum(one["new"] for one in changes) > 0
    assert client.get(f"/v1/versions/{kept[0]['version']}/changes").status_code == 404


def test_an_earlier_version_answers_as_it_did(client: TestClient) -> None:
    kept = [one["version"] for one in client.get("/v1/versions").json()["items"]]
    loads = [client.get(f"/v1/loads?as_of={number}").json() for number in kept]
    assert [one["version"] for one in loads] == kept
    assert [one["total"] for one in loads] == sorted({one["total"] for one in loads})


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/v1/values", 400, "'indicator' saknas."),
        ("/v1/values?indicator=mean", 404, "Indikatorn 'mean' finns inte."),
        ("/v1/values?indicator=mean_days&from=juli", 400, "'from' har fel form."),
        ("/v1/series/mean_days/county/lan?to=2025", 404, "'to' ska vara en månad, som 2026-10."),
        ("/v1/series/mean_days/county/lan?to=２０２６-10", 400, "'to' har fel form."),
        ("/v1/values?indicator=mean_days&from=2026-K1", 404, "'from' ska vara en månad"),
        ("/v1/values?indicator=mean_days&place=0000", 404, "Platsen '0000' finns inte."),
        ("/v1/values?indicator=mean_days&within=mars", 404, "Området 'mars' finns inte."),
        ("/v1/values?indicator=funds_used", 404, "har inte delen 'alla'. Välj bland "),
        ("/v1/values?indicator=mean_days&limit=0", 400, "'limit' är för litet."),
        ("/v1/values?indicator=mean_days&level=stad", 400, "'level' är inget av de värden"),
        ("/v1/values?indicator=mean_days&as_of=99", 404, "Version 99 finns inte kvar."),
        ("/v1/series/mean_days/area/mars", 404, "Nivån area har ingen plats 'mars'."),
        ("/v1/nothing", 404, "finns inte. Se /api/v1/."),
    ],
)
def test_a_fault_is_a_problem_in_swedish(
    client: TestClient, address: str, status: int, said: str
) -> None:
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code == answer.json()["status"] == status
    assert said in answer.json()["detail"]


def test_every_address_is_described_and_explained(client: TestClient) -> None:
    described = client.get("/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    page = client.get("/v1/").text
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert f"{PREFIX}{path}" in page
            assert operation["summary"] in page
