"""A client that knows only the description, and the guide's recipes, get the report's numbers."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api.application import PREFIX, application
from reports import making
from reports.making import Order
from tests.api.client import Client

GUIDE = Path(__file__).parents[2] / "docs" / "anvandarguide.md"
PERIOD = "2026-10"


@pytest.fixture(scope="module")
def web(demo: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(demo))
        app = Starlette(routes=[Mount(PREFIX, application())])
        yield TestClient(app, base_url="http://127.0.0.1:8501")


def _cell(one: dict[str, Any]) -> Any:
    signs = {"confidential": "..", "missing": "–"}
    return signs.get(one["status"], one["value"])


def _rows(book: Any, sheet: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet's table, the head first."""
    rows = [row for row in book[sheet].iter_rows(values_only=True, min_row=3)]
    return rows[: next((at for at, row in enumerate(rows) if row[0] is None), len(rows))]


def test_a_client_that_knows_the_description_rebuilds_the_monthly_report(
    web: TestClient, tmp_path: Path
) -> None:
    def get(address: str, asked: dict[str, str]) -> Any:
        answer = web.get(address, params=asked or None)
        assert answer.status_code == 200, answer.text
        return answer.json()

    client = Client(get, get(f"{PREFIX}/v1/openapi.json", {}))
    order = Order(kind="monthly", place="lan", period=PERIOD, made=datetime(2026, 11, 26))
    path = tmp_path / "m.xlsx"
    path.write_bytes(making.file(order, "xlsx"))
    book = openpyxl.load_workbook(path)
    short = {one["short"]: one["key"] for one in client.all("Indicator")}
    head, *rows = _rows(book, "Alla mått")
    plain = [str(text).replace("\u00a0", " ") for text in head[1:]]
    keys = [short[re.sub(r" \([^)]*\)$", "", text)] for text in plain]
    found: dict[tuple[str, str], Any] = {}
    for key in keys:
        for one in client.all("Value", indicator=key, **{"from": PERIOD, "to": PERIOD}):
            if one["level"] in ("county", "area", "municipality"):
                found[one["name"], key] = _cell(one)
    assert len(rows) > 50
    for name, *cells in rows:
        asked = [found[str(name).replace("\u00a0", " "), key] for key in keys]
        assert cells == [_close(value) for value in asked], name
    _, *months = _rows(book, "Månad för månad")
    steps = list(client.all("Step", indicator="mean_days", level="county", place="lan", to=PERIOD))
    assert [row[1:5] for row in months] == [
        tuple(_close(step[name]) for name in ("value", "mean", "lower", "upper")) for step in steps
    ]


def _close(value: Any) -> Any:
    return pytest.approx(value, rel=1e-9) if isinstance(value, float) else value


RECIPES = re.findall(r"```powerquery\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_of_the_guide_asks_for_what_there_is(recipe: str, web: TestClient) -> None:
    (base,) = re.findall(r'Web\.Contents\(\s*"([^"]+)"', recipe)
    (path,) = re.findall(r'RelativePath = "([^"]+)"', recipe)
    (query,) = re.findall(r"Query = \[(.*?)\]", recipe, re.DOTALL)
    asked = dict(re.findall(r'#?"?(\w+)"? = "([^"]*)"', query))
    answer = web.get(f"{base}/{path}", params=asked)
    assert answer.status_code == 200, answer.text
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) > 10
    typed = re.findall(r'\{"(\w+)", type (\w+)\}', recipe)
    assert typed
    for name, kind in typed:
        values = [row[name] for row in rows]
        assert any(values)
        if kind == "number":
            assert all(not value or float(value) is not None for value in values)


def test_there_are_recipes_for_excel_and_power_bi() -> None:
    assert len(RECIPES) >= 2
