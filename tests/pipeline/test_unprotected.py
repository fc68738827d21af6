"""A dataset that nobody has said how to protect is refused, whoever tries to load it."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from commands import app
from metrics.datasets import datasets
from metrics.datasets.dataset import Dataset
from pipeline import checking
from warehouse import store

FILE = "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Borås;50;30\n"


def without_control() -> dict[str, Dataset]:
    return {key: replace(one, control=None) for key, one in datasets().items()}


@pytest.mark.parametrize("known", [without_control, dict], ids=["undeclared", "unknown"])
def test_it_is_refused_with_a_sentence_and_nothing_changes(
    data: Path, monkeypatch: pytest.MonkeyPatch, known: object
) -> None:
    monkeypatch.setattr(checking, "datasets", known)
    file = data / "export.csv"
    file.write_text(FILE, encoding="utf-8")
    result = CliRunner().invoke(app.app, ["load", str(file), "--yes"])
    assert result.exit_code == 1
    said = " ".join(result.output.split())
    assert "fel [no-disclosure-control]" in said
    assert "ingen har angett hur få personer ska döljas" in said
    assert store.version() is None
    with pipeline.checked(file) as delivery, pytest.raises(ValueError, match="with errors"):
        pipeline.publish(delivery)
