"""A load or withdrawal that changes a number in a report that was made says which."""

from pathlib import Path

import pipeline
from metrics.changes import corrections
from warehouse.journal import reports_made

HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"


def load(folder: Path, text: str) -> pipeline.Loaded:
    path = folder / "export.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        before = pipeline.preview(file)
        done = pipeline.publish(file)
    assert before.reports == done.reports
    return done


def told(done: pipeline.Loaded | pipeline.Preview) -> set[tuple[str, str, str]]:
    return {(report.kind, report.place, report.period) for report in done.reports}


def test_reports_of_the_place_and_period_that_change_are_named(data: Path) -> None:
    both = "2019-07;Ale;{};20\n2019-07;Borås;50;30\n2019-08;Ale;40;20\n2019-08;Borås;50;30\n"
    load(data, both.format(40))
    for kind, place, period in (
        ("monthly", "simba", "2019-07"),
        ("monthly", "simba", "2019-08"),
        ("monthly", "sodra-alvsborg", "2019-07"),
        ("monthly", "lan", "2019-07"),
        ("quarterly", "simba", "2019-K3"),
        ("briefing", "simba", "2019-K3"),
        ("monthly", "1440", "2019-07"),
    ):
        reports_made.remember(kind=kind, place=place, period=period, version=1, made_by="Anna")
    expected = {
        ("monthly", "simba", "2019-07"),
        ("monthly", "lan", "2019-07"),
        ("briefing", "simba", "2019-K3"),
        ("monthly", "1440", "2019-07"),
    }
    done = load(data, both.format(45))
    assert told(done) == expected
    assert "Månadsrapport för SIMBA, juli 2019 (gjord " in corrections.sentence(done.reports)
    assert done.load_id is not None
    assert told(pipeline.preview_withdrawal(done.load_id)) == expected
    assert told(pipeline.withdraw(done.load_id, reason="prov")) == expected


def test_a_new_month_corrects_nothing(data: Path) -> None:
    load(data, "2019-07;Ale;40;20\n")
    reports_made.remember(kind="monthly", place="lan", period="2019-07", version=1, made_by="Anna")
    done = load(data, "2019-08;Ale;40;20\n")
    assert done.reports == ()
    assert corrections.sentence(done.reports) == ""
