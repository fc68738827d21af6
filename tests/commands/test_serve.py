"""`samverkan serve` shows demo data where there is nothing, and what is there otherwise."""

import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands import app
from metrics.loaded import is_demo, loads
from metrics.values import values
from pipeline import demonstration, renewing
from ui import server
from warehouse import store


def _served(ports: list[int], port: int) -> None:
    """What is served instead: waits for what is loaded, or hidden anew, meanwhile."""
    ports.append(port)
    deadline = time.monotonic() + 60
    while (demonstration.is_under_way() or renewing.is_under_way()) and time.monotonic() < deadline:
        time.sleep(0.05)


def test_an_empty_warehouse_is_filled_with_demo_data_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped"
    (shipped / "demo").mkdir(parents=True)
    (shipped / "demo" / "export.csv").write_text(
        "Månad;Kommun;Antal utskrivna;Antal dagar\n2026-09;Borås;100;50\n", encoding="utf-8"
    )
    monkeypatch.setattr(demonstration, "SHIPPED", shipped)
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    served: list[int] = []
    monkeypatch.setattr(server, "serve", lambda *, port, **_: _served(served, port))

    first = CliRunner().invoke(app.app, ["serve", "--port", "8599"])
    assert (first.exit_code, served) == (0, [8599])
    assert "Läser in exempeldata" in first.output
    assert is_demo()
    (found,) = values(indicator="mean_days", level="municipality")
    assert found.value == 0.5

    # A start that was cut off is gone on with, and what is there is not loaded again.
    (shipped / "demo" / "fler.csv").write_text(
        "Månad;Kommun;Antal utskrivna;Antal dagar\n2026-10;Borås;100;60\n", encoding="utf-8"
    )
    assert "Läser in exempeldata" in CliRunner().invoke(app.app, ["serve"]).output
    assert [load.file for load in loads()] == ["fler.csv", "export.csv"]

    second = CliRunner().invoke(app.app, ["serve", "--port", "8599"])
    assert second.exit_code == 0
    assert "exempeldata" not in second.output

    # Other rules for what is hidden: it is served at once, and hidden anew meanwhile.
    version = store.version()
    (tmp_path / "data" / "settings.toml").write_text("disclosure_threshold = 9\n", "utf-8")
    assert version is not None and renewing.due()
    assert CliRunner().invoke(app.app, ["serve"]).exit_code == 0
    assert (store.version(), renewing.due()) == (version + 1, False)


def test_others_are_not_listened_to_without_signing_in(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "serve", lambda **_: pytest.fail("started"))
    for host in ("0.0.0.0", "::", "10.0.0.5", "samverkan.example.se"):
        answer = CliRunner().invoke(app.app, ["serve", "--host", host])
        assert answer.exit_code == 2
        assert f"Adressen {host} kan nås från andra datorer" in answer.output
        assert "[provider]" in answer.output
        assert "Ingenting har startats." in answer.output
    assert not (data / "data").exists()
