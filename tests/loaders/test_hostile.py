"""Files made to harm are refused quickly and cheaply; measured in processes of their own."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from loaders.reading import limits
from tests.effort import in_soak

MEGABYTES, SECONDS = 300, 2
ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, os, resource, signal, sys, tempfile
from pathlib import Path
from loaders.delivery import delivery
from settings import settings

def used():
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both), [one.ru_maxrss for one in both]

def measured(path):
    with tempfile.TemporaryDirectory() as folder:
        good = Path(folder) / "good.csv"
        good.write_text("Månad;Kommun;Antal utskrivna;Antal dagar\\n2019-07;Borås;1;2\\n")
        with delivery(good, limits=settings()) as file:
            assert file.ok
    before, (own, _) = used()
    with delivery(path, limits=settings()) as file:
        codes = [problem.code for problem in file.problems]
    after, (grown, child) = used()
    unit = 1 if sys.platform == "darwin" else 1024
    more = (grown - own + child) * unit / 1e6
    return {"codes": codes, "seconds": after - before, "megabytes": more}

for line in sys.stdin:
    path = Path(json.loads(line))
    forked = os.fork()
    if not forked:
        signal.alarm(300)
        os.environ["SAMVERKAN_DATA"] = str(path.parent)
        print(json.dumps(measured(path)), flush=True)
        os._exit(0)
    if os.waitpid(forked, 0)[1]:
        print("null", flush=True)
"""
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
ODS_END = "</office:spreadsheet></office:body></office:document-content>"


def zipped(parts: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def workbook(rows: str, **others: str) -> bytes:
    """A workbook whose one sheet has the given XML, and perhaps other parts."""
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    with zipfile.ZipFile(content) as archive:
        parts: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = f"{SHEET}{rows}</sheetData></worksheet>"
    parts |= {f"xl/{name}.xml": text for name, text in others.items()}
    return zipped(parts)


def opendocument(tables: str) -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest}
    return zipped({**parts, "content.xml": f"{ODS}{tables}{ODS_END}"})


def far_away(cell: str) -> bytes:
    return workbook(
        f'<row r="1"><c r="A1"><v>1</v></c></row><row><c s="0" r="{cell}"><v>1</v></c></row>'
    )


def a_thousand_sheets() -> bytes:
    book = openpyxl.Workbook()
    for _ in range(1000):
        book.create_sheet()
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def one_text_many_times() -> bytes:
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}" t="s"><v>0</v></c>' for letter in "ABCDEFGHIJ")
        + "</row>"
        for row in range(1, 5001)
    )
    strings = f'<sst xmlns="{SHEET.split(chr(34))[1]}"><si><t>{"y" * 32_000}</t></si></sst>'
    return workbook(rows, sharedStrings=strings)


def zips_in_zips() -> bytes:
    content = b"0" * 10_000_000
    for level in range(4):
        content = zipped({f"{number}.zip": content for number in range(1 if level < 1 else 10)})
    return content


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zips in zips": (zips_in_zips, "not-a-spreadsheet"),
    "a thousand sheets": (a_thousand_sheets, "too-large"),
    "ten thousand tables": (
        lambda: opendocument('<table:table table:name="a"/>' * 10_000),
        "too-large",
    ),
    "a million empty columns": (lambda: b";" * 1_000_000 + b"\n;1\n", "too-large"),
    "a million empty columns after a head": (
        lambda: b"Kommun;Antal dagar" + b";" * 1_000_000 + b"\n",
        "too-large",
    ),
    "a million cells without a name": (
        lambda: workbook("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>"),
        "too-large",
    ),
    "the last cell there is": (lambda: far_away("XFD1048576"), "too-large"),
    "a cell that cannot be": (lambda: far_away("ZZZZZ1"), "too-large"),
    "a cell far down": (lambda: far_away("R1048576"), "too-large"),
    "one text fifty thousand times": (one_text_many_times, "too-large"),
    "deep XML": (lambda: workbook("<row>" + "<c>" * 500_000 + "</row>"), "not-a-spreadsheet"),
    "deep OpenDocument": (lambda: opendocument("<a>" * 300_000 + "</a>" * 300_000), "empty"),
    "a million tables": (lambda: b"<table>" * 1_000_000, "too-large"),
    "cells that span": (
        lambda: b"<table><tr>" + b"<td colspan=100>Kommun</td>" * 100_000,
        "too-large",
    ),
    "one endless line": (lambda: b"a;b\n" + b"x" * 20_000_000 + b";1\n", "not-a-spreadsheet"),
    "one endless quote": (lambda: b'a;b\n"' + b"x;\n" * 5_000_000, "unclear-row"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400, "not-a-spreadsheet"),
    "an old workbook of noise": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 800,
        "not-a-spreadsheet",
    ),
    "a text document": (lambda: zipped({"word/document.xml": "<a/>"}), "not-a-spreadsheet"),
}


# Another of the kind is tried each time.
ALIKE = {
    "a cell far down",
    "a cell that cannot be",
    "ten thousand tables",
    "a million empty columns",
    "an old workbook of noise",
    "a text document",
}


Measured = Callable[[bytes], dict[str, Any]]


@pytest.fixture(scope="module")
def program() -> Iterator[subprocess.Popen[str]]:
    """Measures each file in a fork of its own: what they all need is imported once."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        yield started


@pytest.fixture
def measured(program: subprocess.Popen[str], tmp_path: Path) -> Measured:
    """Gives what a file with this content is answered, and what that took."""

    def measure(content: bytes) -> dict[str, Any]:
        path = tmp_path / "fil.xlsx"
        path.write_bytes(content)
        assert program.stdin and program.stdout
        print(json.dumps(str(path)), file=program.stdin, flush=True)
        answer: dict[str, Any] | None = json.loads(program.stdout.readline())
        assert answer is not None, "told on the error stream"
        return answer

    return measure


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=in_soak if case in ALIKE else ()) for case in HOSTILE]
)
def test_it_is_refused_quickly_and_cheaply(case: str, measured: Measured) -> None:
    make, code = HOSTILE[case]
    answer = measured(make())
    assert answer["codes"] == [code]
    assert answer["seconds"] < SECONDS
    assert answer["megabytes"] < MEGABYTES


def many_shares() -> bytes:
    cells = '<table:table-cell office:value-type="percentage" office:value="0.5"/>'
    rows = "".join(
        f'<table:table-row>{cells * 3}<table:table-cell office:value-type="float" '
        f'office:value="{row}"><text:p>{row}</text:p></table:table-cell></table:table-row>'
        for row in range(500_000)
    )
    return opendocument(f'<table:table table:name="a">{rows}</table:table>')


def many_errors() -> bytes:
    return workbook(
        "".join(
            f'<row r="{row}">'
            + "".join(f'<c r="{letter}{row}" t="e"><v>#N/A</v></c>' for letter in "ABCDEFGHIJ")
            + "</row>"
            for row in range(1, 500_001)
        )
    )


LARGE: dict[str, Callable[[], bytes]] = {
    "an OpenDocument workbook of shares": many_shares,
    "five million errors": many_errors,
    "a page without end tags": lambda: b"<table>" + b"<tr><td>2019-07<td>Ale<td>12<td>34" * 240_000,
    "odd rows": lambda: (
        b"a;b;c\n" + b"".join(b'%d;"x;y";z%s\n' % (n, b";" * (n % 3)) for n in range(3_000_000))
    ),
}


@in_soak
@pytest.mark.parametrize("case", LARGE)
def test_a_large_file_takes_no_more_than_its_time_and_memory(case: str, measured: Measured) -> None:
    answer = measured(LARGE[case]())
    assert answer["codes"]
    # What is read beside the program may take as long once more.
    assert answer["seconds"] < 2 * limits.MAX_SECONDS + 5
    assert answer["megabytes"] < 1000
