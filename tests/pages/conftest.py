"""The dashboard on a small warehouse of its own, driven without a browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import pipeline

DASHBOARD = Path(__file__).parents[2] / "dashboard.py"
MONTHS = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)][:14]
HEAD = (
    "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar;Utskrivna samma dag;"
    "Kvar mer än 3 dagar;Kvar mer än 7 dagar;Utskrivna före meddelande"
)
# Municipality, discharges and days a month: Partille is above the target in the last one.
PLACES = {"Göteborg": (200, 140), "Partille": (20, 10), "Öckerö": (10, 5), "Borås": (50, 30)}


def as_shown(markdown: str) -> str:
    """What a reader sees of text whose signs are escaped, so that no name is read as Markdown."""
    return re.sub(r"\\(.)", r"\1", markdown)


def export() -> str:
    """Fourteen months to February 2026, in the last of which Öckerö has not reported."""
    lines = [HEAD]
    for month in MONTHS:
        for place, (discharges, days) in PLACES.items():
            if month == MONTHS[-1] and place == "Öckerö":
                lines.append(f"{month};{place};Östra sjukhuset;Somatik;-;-;-;-;-;-")
                continue
            if month == MONTHS[-1] and place == "Partille":
                days = 70
            hospital = "Södra Älvsborgs Sjukhus" if place == "Borås" else "Östra sjukhuset"
            lines.append(
                f"{month};{place};{hospital};Somatik;{discharges};{days};"
                f"{discharges // 2};{discharges // 10};0;{discharges // 5}"
            )
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the export loaded."""
    folder = tmp_path_factory.mktemp("filled")
    file = folder / "export.csv"
    file.write_text(export(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(folder))
        with pipeline.checked(file) as delivery:
            assert delivery.ok, delivery.problems
            pipeline.publish(delivery)
    return folder


def opened(page: str, address: dict[str, str]) -> AppTest:
    test = AppTest.from_file(str(DASHBOARD), default_timeout=60)
    test.query_params.update(address)
    test.run()
    if page != "pages/overview.py":
        test.switch_page(page).run()
    assert not test.exception
    return test


def unfolded(test: AppTest, part: str) -> AppTest:
    """The page with the part of this key opened: what is in it is made then."""
    test.session_state[part] = True
    return test.run()


@pytest.fixture
def open_page(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page file, Översikt unless told, at an address, on the filled warehouse."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(filled))
    return lambda page="pages/overview.py", **address: opened(page, address)


@pytest.fixture
def open_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], AppTest]:
    """Opens a page file where nothing has been loaded."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    return lambda page: opened(page, {})


@pytest.fixture
def html_of() -> Callable[[AppTest], str]:
    """Gives all the markup of a page that is not Streamlit's own."""
    return lambda test: "\n".join(element.proto.body for element in test.get("html"))
