"""Stand-ins on 127.0.0.1 for Kolada's API 3 and Statistics Sweden's PxWebApi 2.

They speak the shapes and keep the limits of the real ones; a test makes them fail, refuse or lie.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from math import prod
from typing import Any
from urllib.parse import parse_qs, urlsplit

import reference

Answer = tuple[int, Any]
PLACES = sorted(home.code for home in reference.municipalities())


class Kolada:
    """So many values a page and ids a question; a value for every measure, place and year.

    `everywhere` is what it answers of when no places are asked for.
    """

    def __init__(self) -> None:
        self.page, self.ids = 5000, 25
        self.titles = {"N00001": "Väntetid, dagar", "U00002": "Andel nöjda, (%)"}
        self.everywhere = [
            *PLACES,
            *(f"{number:04d}" for number in range(114, 144)),
            "0000",
            "0014",
        ]
        self.groups: list[dict[str, Any]] = []
        self.revised = 0.0
        self.late = 0
        self.lie = False

    def answer(self, path: str, query: dict[str, list[str]], address: str) -> Answer:
        parts = path.strip("/").split("/")
        if any(len(part.split(",")) > self.ids for part in parts):
            return 400, {"detail": "too many ids"}
        if parts[0] == "kpi":
            known = [key for key in parts[1].split(",") if key in self.titles]
            values: list[Any] = [
                {
                    "id": key,
                    "title": self.titles[key],
                    "description": f"Vad {key} betyder.",
                    "is_divided_by_gender": 1,
                    "municipality_type": "K",
                }
                for key in known
            ]
        elif parts[0] == "municipality_groups":
            values = [one for one in self.groups if query["title"][0] in one["title"]]
        else:
            kpis, years = parts[2].split(","), parts[-1].split(",")
            places = parts[4].split(",") if "municipality" in parts else self.everywhere
            values = [
                self._value(kpi, place, int(year))
                for kpi, place, year in product(kpis, places, years)
                if int(year) <= 2025
            ]
        number = int(query["page"][0])
        shown = values[(number - 1) * self.page : number * self.page]
        more = number * self.page < len(values)
        following = f"{address}{path}?page={number + 1}&per_page={self.page}" if more else None
        return 200, {"values": shown, "count": len(values), "next_url": following}

    def _value(self, kpi: str, place: str, year: int) -> dict[str, Any]:
        number = round(int(place) % 50 + (year - 2000) / 10 + self.revised, 1)
        total = {"gender": "T", "count": 1, "status": "", "value": number, "isdeleted": False}
        women = {**total, "gender": "K", "value": number + 1}
        return {
            "kpi": "N99999" if self.lie else kpi,
            "municipality": place,
            "period": year + self.late,
            "values": [total, women],
        }


class Scb:
    """A table of inhabitants by region, age, sex and year, so many cells an answer."""

    def __init__(self, places: list[str]) -> None:
        self.cells = 150_000
        self.lie = False
        self.codes = {
            "Region": [*places, "0180"],
            "Civilstand": ["OG", "G"],
            "Alder": [*map(str, range(100)), "100+", "tot"],
            "Kon": ["1", "2"],
            "ContentsCode": ["BE0101N1"],
            "Tid": [str(year) for year in range(2015, 2026)],
        }
        self.labels = {
            "Region": "region",
            "Civilstand": "civilstånd",
            "Alder": "ålder",
            "Kon": "kön",
            "ContentsCode": "tabellinnehåll",
            "Tid": "år",
        }
        self.texts = {
            "1": "män",
            "2": "kvinnor",
            "tot": "totalt ålder",
            "100+": "100+ år",
            "BE0101N1": "Folkmängd",
        }

    def answer(self, path: str, body: dict[str, Any] | None) -> Answer:
        if path == "/config":
            return 200, {"maxDataCells": self.cells, "maxCallsPerTimeWindow": 30, "timeWindow": 0}
        if path == "/tables/TAB638/metadata":
            return 200, self._cube(self.codes)
        if path != "/tables/TAB638/data" or body is None:
            return 404, {"type": "Parameter error", "title": "Not found", "status": 404}
        chosen = {one["variableCode"]: one["valueCodes"] for one in body["selection"]}
        if prod(map(len, chosen.values())) > self.cells:
            return 403, {"type": "Parameter error", "title": "Too many cells selected"}
        if self.lie:
            chosen["Tid"] = ["2015"]
        return 200, self._cube(chosen, values=True)

    def _cube(self, chosen: dict[str, list[str]], *, values: bool = False) -> dict[str, Any]:
        ids = [name for name in self.codes if name in chosen]
        cube: dict[str, Any] = {
            "version": "2.0",
            "class": "dataset",
            "label": f"Folkmängd efter {', '.join(self.labels[name] for name in ids)}",
            "source": "SCB",
            "id": ids,
            "size": [len(chosen[name]) for name in ids],
            "dimension": {
                name: {
                    "label": self.labels[name],
                    "category": {
                        "index": {code: at for at, code in enumerate(chosen[name])},
                        "label": {code: self.texts.get(code, code) for code in chosen[name]},
                    },
                    "extension": {"elimination": name in ("Region", "Civilstand", "Alder", "Kon")},
                }
                for name in ids
            },
            "role": {"time": ["Tid"], "metric": ["ContentsCode"]},
        }
        if values:
            cube["value"] = [self.number(*one) for one in product(*(chosen[name] for name in ids))]
        return cube

    @staticmethod
    def number(place: str, age: str, sex: str, _content: str, year: str) -> int:
        """How many people the table has: near what is so, and telling the cells apart."""
        people = max(count for (code, _), count in reference.population().items() if code == place)
        return people // (2 if age == "tot" else 200) + int(year) - 2020 + int(sex)


@contextmanager
def serving(answer: Callable[[str, dict[str, list[str]], Any, str], Answer]) -> Iterator[Any]:
    """Let a function answer; gives an object with `address`, `asked`, and `first` to answer first.

    `first` are answers that go before the function's: a status, its headers and its bytes.
    """

    class Site(BaseHTTPRequestHandler):
        address = ""
        asked: list[str]
        first: list[tuple[int, dict[str, str], bytes]]

        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, body: Any) -> None:
            url = urlsplit(self.path)
            Site.asked.append(url.path)
            if Site.first:
                status, headers, content = Site.first.pop(0)
            else:
                status, found = answer(url.path, parse_qs(url.query), body, Site.address)
                headers, content = {}, json.dumps(found, ensure_ascii=False).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.address = f"http://127.0.0.1:{server.server_port}"
    Site.asked, Site.first = [], []
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield Site
    server.shutdown()
    server.server_close()
