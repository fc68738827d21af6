"""Unknown headings: what is proposed for them, and files that are read by what was answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.answering import profiles
from loaders.answering.profiles import Profile
from loaders.answering.proposal import Proposal, propose
from loaders.delivery import Delivery, delivery
from loaders.exports import exports
from settings import SettingsError, settings

FOREIGN = (
    "Rapportperiod;Boende i;Klinik;Slag;N utskrivna pat;Dgr tot\n"
    "2019-07;Borås;SÄS;Somatik;10;5\n2019-07;Mark;SÄS;Psykiatri;4;8\n"
)
IN_TWO_ROWS = (
    "Rapportperiod;Boende i;Klinik;Slag;Resultat;\n;;;;N utskrivna pat;Dgr tot\n"
    "2019-07;Borås;SÄS;Somatik;10;5\n2019-07;Mark;SÄS;Psykiatri;4;8\n"
)
STAYS = "Kommunen;Enhet;Form;Klar;Ut\nBorås;SÄS;Somatik;2019-07-01 10:00;2019-07-03 12:00\n"
MEANT = (
    ("Rapportperiod", "period"),
    ("Boende i", "municipality"),
    ("Klinik", "hospital"),
    ("Slag", "care_form"),
    ("N utskrivna pat", "discharges"),
    ("Dgr tot", "ready_days"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    return tmp_path


def checked(folder: Path, text: str) -> Iterator[Delivery]:
    path = folder / "uttag.csv"
    path.write_text(text, encoding="utf-8")
    with delivery(path, limits=settings()) as file:
        yield file


def proposed(folder: Path, text: str) -> tuple[Proposal, ...]:
    for file in checked(folder, text):
        assert file.book is not None
        return propose(file.book, exports())
    return ()


def codes(folder: Path, text: str) -> list[str]:
    return [problem.code for file in checked(folder, text) for problem in file.problems]


@pytest.mark.parametrize("text", [FOREIGN, IN_TWO_ROWS])
def test_foreign_headings_are_proposed_by_name_and_contents(text: str, folder: Path) -> None:
    first = proposed(folder, text)[0]
    assert first.export.key == "utskrivningsklara"
    assert tuple((guess.heading, guess.key) for guess in first.columns) == MEANT
    assert first.columns[1].samples == ("Borås", "Mark")


def test_times_tell_single_stays(folder: Path) -> None:
    first = proposed(folder, STAYS)[0]
    assert first.export.key == "vardtillfallen"
    assert [guess.key for guess in first.columns][-2:] == ["notice_at", "discharged_at"]


def test_known_headings_are_kept_as_they_are(folder: Path) -> None:
    first = proposed(folder, FOREIGN.replace("Boende i", "Kommun"))[0]
    assert [guess.heading for guess in first.columns if guess.known] == ["Kommun"]


@pytest.mark.parametrize(
    "text",
    [
        "a;b;c\n1;2;3\n",
        "Namn;Färg;Form\nx;röd;rund\n",
        "a\nb\n",
        "Program;År;Använt\nSuicidprevention;2020;260000\n",
    ],
)
def test_a_table_of_something_else_gets_no_proposal(folder: Path, text: str) -> None:
    assert proposed(folder, text) == ()


def test_a_profile_lets_the_next_file_load(folder: Path) -> None:
    assert codes(folder, FOREIGN) == ["unknown-export"]
    profiles.save(Profile("Kliniken", "utskrivningsklara", MEANT))
    assert codes(folder, FOREIGN) == []
    assert codes(folder, IN_TWO_ROWS) == []
    profiles.remove("Kliniken")
    assert codes(folder, FOREIGN) == ["unknown-export"]


def test_profiles_come_back_as_they_were_saved(folder: Path) -> None:
    odd = Profile('Å "x" \\ = #\x7f\n', "utskrivningsklara", (('N "pat"\t[st]', "discharges"),))
    plain = Profile("B", "vardtillfallen", (("Ut", "discharged_at"),))
    profiles.save(odd)
    profiles.save(plain)
    assert profiles.profiles() == (odd, plain)
    profiles.save(Profile("B", "vardtillfallen", ()))
    assert profiles.profiles()[1].headings == ()
    assert [path.name for path in folder.iterdir()] == ["profiles.toml"]


def test_the_declaration_decides_over_a_profile() -> None:
    profiles.save(Profile("Fel", "utskrivningsklara", (("Kommun", "hospital"),)))
    assert profiles.extended(exports()) == exports()


def test_without_profiles_the_exports_are_the_declared_ones() -> None:
    assert profiles.extended(exports()) == exports()


@pytest.mark.parametrize("text", ["[[profile]", "[[profile]]\nname = 'x'", "profile = 1", "\xff"])
def test_a_broken_file_is_told(folder: Path, text: str) -> None:
    (folder / "profiles.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"profiles\.toml"):
        profiles.profiles()
