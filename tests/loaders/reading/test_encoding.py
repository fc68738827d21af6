"""Text in any encoding is read as the one that makes the municipalities' names."""

from pathlib import Path

from tests.effort import parametrize_some
from tests.loaders.conftest import Check

CONTENT = (
    "Månad;Kommun;Antal utskrivna;Antal dagar\r\n"
    "2019-07;Åmål;1;1\r\n2019-07;Öckerö;2;1\r\n2019-07;Härryda;3;1\r\n"
)
EXPECTED = {"1492": 1, "1407": 2, "1401": 3}


def misread(written: str, meant: str) -> bytes:
    """Text in one encoding that a program took for another and saved as UTF-8."""
    text = "".join(
        bytes([byte]).decode(meant, errors="ignore") or chr(byte)
        for byte in CONTENT.encode(written)
    )
    return text.encode()


@parametrize_some(
    "content",
    [
        *(CONTENT.encode(name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")),
        *(CONTENT.encode(name) for name in ("utf-32", "utf-32-be")),
        *(CONTENT.replace(";", sign).encode() for sign in ("^", "¤")),
        *(CONTENT.encode(name) for name in ("cp1252", "cp850", "cp437", "mac_roman")),
        CONTENT.encode("mac_roman").replace(b"\r\n", b"\r"),
        misread("utf-8", "cp1252"),
        misread("utf-8", "latin-1"),
        misread("utf-8", "mac_roman"),
        misread("cp850", "cp1252"),
        misread("mac_roman", "cp1252"),
        misread("cp1252", "mac_roman"),
        CONTENT.encode().replace("Härryda".encode(), "Härryda".encode("cp1252")),
    ],
    usual=3,
)
def test_names_come_out(check: Check, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fil.csv"
    path.write_bytes(content)
    found = check(path)
    assert found.codes == []
    assert found.totals("discharges") == EXPECTED
