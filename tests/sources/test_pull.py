"""What a pull does with what lies in a folder: published, waiting, faulty, known, set aside."""

import errno
import hashlib
import os
import time
from pathlib import Path

import pytest

import pipeline
from metrics.loaded import loads
from settings import SettingsError, inbox_dir
from sources import pull
from warehouse.journal import arrivals, reports_made
from warehouse.journal.arrivals import ArrivalState
from warehouse.store import Unwritable

GOOD = "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;40;20\n"
WARNED = "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-08;Ale;40;20\n2019-08;Solna;4;2\n"
FAULTY = "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;fyra;20\n"


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where exports appear, declared in a data folder of its own."""
    data, folder = tmp_path / "data", tmp_path / "export"
    data.mkdir()
    folder.mkdir()
    monkeypatch.setenv("SAMVERKAN_DATA", str(data))
    declare(data, f'[mapp]\nwhere = "{folder}"\npattern = "*.csv"\npublish = "clean"\n')
    return folder


def declare(data: Path, text: str) -> None:
    (data / "sources.toml").write_text(text, encoding="utf-8")


def put(folder: Path, name: str, text: str, *, age: float = 3600) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    then = time.time() - age
    os.utime(path, (then, then))


def states() -> dict[str, ArrivalState]:
    (answer,) = pull.pull()
    assert not answer.trouble
    return {file.name: file.state for file in answer.files}


def test_clean_files_are_published_and_the_others_wait_or_are_refused(export: Path) -> None:
    put(export, "a.csv", GOOD)
    put(export, "b.CSV", WARNED)
    put(export, "c.csv", FAULTY)
    put(export, "d.xlsx", GOOD)
    put(export, ".e.csv", GOOD)
    put(export, "f.csv", GOOD.replace("40", "41"), age=1)
    os.symlink(export / "d.xlsx", export / "g.csv")
    assert states() == {
        "a.csv": ArrivalState.PUBLISHED,
        "b.CSV": ArrivalState.WAITING,
        "c.csv": ArrivalState.FAULTY,
    }
    assert [load.file for load in loads()] == ["a.csv"]
    assert [waiting.name for waiting in pull.waiting()] == ["b.CSV"]
    kept = inbox_dir() / hashlib.sha256(WARNED.encode()).hexdigest()
    assert [path for path in inbox_dir().iterdir()] == [kept]
    assert kept.stat().st_mode & 0o077 == 0


def test_what_has_come_does_not_come_again_whatever_it_is_called(export: Path) -> None:
    put(export, "a.csv", GOOD)
    put(export, "c.csv", FAULTY)
    assert len(states()) == 2
    put(export, "samma.csv", GOOD, age=50)
    put(export, "c.csv", FAULTY, age=40)
    assert states() == {}
    put(export, "a.csv", GOOD.replace("40", "42"), age=30)
    assert states() == {"a.csv": ArrivalState.PUBLISHED}


def test_a_withdrawn_file_is_not_published_again(export: Path) -> None:
    put(export, "a.csv", GOOD)
    states()
    pipeline.withdraw(1, reason="prov")
    put(export, "a.csv", GOOD, age=50)
    assert states() == {}


def test_a_file_that_corrects_a_report_says_which(export: Path) -> None:
    put(export, "a.csv", GOOD)
    states()
    reports_made.remember(kind="monthly", place="lan", period="2019-07", version=1, made_by="Anna")
    put(export, "b.csv", GOOD.replace("40", "42"))
    (answer,) = pull.pull()
    assert answer.files[0].told.startswith(
        "Inläsning 2. Tal ändras i rapporter som redan är gjorda: Månadsrapport för Västra"
    )


@pytest.mark.parametrize(
    ("note", "then"),
    [("keep", {"a.csv": ArrivalState.KNOWN}), ("answered", {})],
)
def test_what_is_published_is_said_to_be_where_the_disk_takes_no_note_of_it(
    export: Path, monkeypatch: pytest.MonkeyPatch, note: str, then: dict[str, ArrivalState]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unwritable("Inget har ändrats.") from OSError(errno.ENOSPC, "No space left")

    put(export, "a.csv", GOOD)
    with monkeypatch.context() as patch, pytest.raises(Unwritable, match="publicerad: Inläsning 1"):
        patch.setattr(arrivals, note, full)
        pull.pull()
    assert [load.file for load in loads()] == ["a.csv"]
    assert states() == then


def test_a_file_that_was_loaded_by_hand_is_known(export: Path) -> None:
    put(export, "a.csv", GOOD)
    with pipeline.checked(export / "a.csv") as file:
        pipeline.publish(file)
    assert states() == {"a.csv": ArrivalState.KNOWN}


def test_nothing_is_published_by_itself_unless_declared(export: Path, tmp_path: Path) -> None:
    declare(tmp_path / "data", f'[mapp]\nwhere = "{export}"\n')
    put(export, "a.csv", GOOD)
    assert states() == {"a.csv": ArrivalState.WAITING}
    assert loads() == []
    (arrival,) = pull.waiting()
    pull.decided(arrival, ArrivalState.SET_ASIDE, told="Lagd åt sidan.")
    assert pull.waiting() == ()
    assert not any(inbox_dir().iterdir())
    put(export, "a.csv", GOOD, age=50)
    assert states() == {}
    assert [known.state for known in arrivals.latest()] == [ArrivalState.SET_ASIDE]


def test_too_large_files_are_not_fetched_and_told_once(export: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "settings.toml").write_text("max_file_bytes = 10\n", encoding="utf-8")
    put(export, "a.csv", GOOD)
    put(export, "b.csv", GOOD)
    assert states() == {"a.csv": ArrivalState.FAULTY, "b.csv": ArrivalState.FAULTY}
    assert "större än gränsen" in arrivals.latest()[0].told
    assert states() == {}


def test_a_source_without_its_folder_keeps_no_other_waiting(export: Path, tmp_path: Path) -> None:
    declare(
        tmp_path / "data",
        f'[borta]\nwhere = "{tmp_path}/ingen"\n[mapp]\nwhere = "{export}"\npublish = "clean"\n',
    )
    put(export, "a.csv", GOOD)
    gone, there = pull.pull()
    assert gone.trouble == "Mappen eller filen finns inte."
    assert [file.state for file in there.files] == [ArrivalState.PUBLISHED]
    assert {name: bool(answer.trouble) for name, answer in arrivals.answers().items()} == {
        "borta": True,
        "mapp": False,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x]\n", "'where' saknas"),
        ('[x]\nwhere = "ftp://a/b"\n', "'ftp' känns inte igen"),
        ('[x]\nwhere = "http://example.se/"\n', "använd https"),
        ('[x]\nwhere = "sftp://anna:hemligt@example.se/"\n', "inte användare eller lösenord"),
        ('[x]\nwhere = "/a"\npublish = "allt"\n', "'publish' ska vara något av"),
        ('[x]\nwhere = "/a"\npassword = "hemligt"\n', "'password' finns inte"),
        ('[x]\nwhere = "/a"\ntimeout_seconds = "1"\n', "ska vara ett tal"),
        ("x = 1\n", "ska vara ett block"),
        ('[x]\nwhere = ""\n', "'where' ska vara en mapp eller en adress"),
        ('[x]\nwhere = "/a"\nname = "y"\n', "'name' finns inte"),
        ("[x\n", "går inte att läsa som TOML"),
    ],
)
def test_a_declaration_that_cannot_be_meant_says_what_to_mend(
    export: Path, tmp_path: Path, text: str, said: str
) -> None:
    declare(tmp_path / "data", text)
    with pytest.raises(SettingsError, match=said):
        pull.pull()
