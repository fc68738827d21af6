"""The file of rights: what it may say, and what it gives to whom."""

from pathlib import Path

import pytest

from access import declared
from access.rights import Right, Role
from settings import SettingsError

PROVIDER = """
[provider]
issuer = "https://idp.example.se"
client_id = "samverkan"
secret = "env:SAMVERKAN_PROV"
address = "https://samverkan.example.se"
"""


@pytest.fixture
def folder(data: Path) -> Path:
    (data / "data").mkdir()
    return data / "data"


def write(folder: Path, text: str) -> None:
    (folder / "access.toml").write_text(text, encoding="utf-8")


def test_without_a_file_whoever_is_at_the_machine_may_do_all(folder: Path) -> None:
    assert not declared.access().signs_in
    assert declared.rights_of("lokal:anna") == (Right(Role.ADMINISTRATOR),)
    assert declared.rights_of("anna") == ()


def test_rights_are_given_to_subjects_groups_and_all(folder: Path) -> None:
    write(
        folder,
        PROVIDER
        + """
        [[right]]
        role = "läsare"
        who = ["*"]
        [[right]]
        role = "dataförvaltare"
        who = ["s1"]
        datasets = ["discharges"]
        areas = ["fyrbodal"]
        [[right]]
        role = "granskare"
        groups = ["G"]
        areas = ["*"]
        """,
    )
    reader = Right(Role.READER)
    steward = Right(Role.STEWARD, frozenset({"discharges"}), frozenset({"fyrbodal"}))
    assert declared.rights_of("s1") == (reader, steward)
    assert declared.rights_of("s2", ["G"]) == (reader, Right(Role.REVIEWER))
    # Nobody has become what was not given, and this machine's user not a reader by "*".
    assert declared.rights_of("lokal:s1") == (Right(Role.ADMINISTRATOR),)


def test_the_user_of_the_machine_is_what_the_file_says(folder: Path) -> None:
    write(folder, '[[right]]\nrole = "läsare"\nwho = ["lokal:anna"]\n')
    assert declared.rights_of("lokal:anna") == (Right(Role.READER),)
    assert declared.rights_of("lokal:bo") == ()


def test_a_file_that_cannot_be_read_lets_nobody_in(folder: Path) -> None:
    (folder / "access.toml").mkdir()
    with pytest.raises(SettingsError, match="går inte att läsa"):
        declared.access()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[right]]\nrole = "kung"\nwho = ["a"]', "ska vara något av läsare, dataförvaltare"),
        ('[[right]]\nrole = "granskare"\nwho = ["a"]', "granskare saknar 'areas'"),
        (
            '[[right]]\nrole = "granskare"\nwho = ["a"]\nareas = ["ankeborg"]',
            "området 'ankeborg' finns inte",
        ),
        ('[[right]]\nrole = "administratör"\nwho = ["*"]', "kan inte ges till alla"),
        ('[[right]]\nrole = "läsare"', "inte given till någon"),
        ('[[right]]\nrole = "läsare"\nwho = ["a"]\nareas = ["simba"]', "ska inte ha 'areas'"),
        (PROVIDER.replace("https://idp", "http://idp"), "ska börja med https://"),
        (
            PROVIDER + '[proxy]\naddress = "10.0.0.1"\nsubject_header = "S"\nname_header = "N"',
            "inte båda",
        ),
        (
            '[proxy]\naddress = "proxy"\nsubject_header = "S"\nname_header = "N"',
            "ska vara proxyns IP-adress",
        ),
        (PROVIDER.replace("env:SAMVERKAN_PROV", "hemligt"), "ska vara env:NAMN eller /en/fil"),
    ],
)
def test_what_cannot_be_meant_is_told(folder: Path, text: str, said: str) -> None:
    write(folder, text)
    with pytest.raises(SettingsError, match=r"access\.toml") as told:
        declared.access()
    assert said in str(told.value)


def test_a_secret_is_in_the_environment_or_a_file_of_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, PROVIDER)
    provider = declared.access().provider
    assert provider is not None
    with pytest.raises(SettingsError, match="SAMVERKAN_PROV är inte satt"):
        provider.client_secret()
    monkeypatch.setenv("SAMVERKAN_PROV", "s")
    assert provider.client_secret() == "s"
    file = folder / "hemlighet"
    file.write_text("t\n")
    file.chmod(0o644)
    write(folder, PROVIDER.replace("env:SAMVERKAN_PROV", str(file)))
    provider = declared.access().provider
    assert provider is not None
    with pytest.raises(SettingsError, match="chmod 600"):
        provider.client_secret()
    file.chmod(0o600)
    assert provider.client_secret() == "t"
