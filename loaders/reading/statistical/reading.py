"""The tables of a file of statistics as files of text, and all its texts, in a table or not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.problems import refuse
from loaders.reading.cells import as_text, save
from loaders.reading.encoding import reading_of, transcode
from loaders.reading.safety import FileKind
from loaders.reading.statistical import jsonstat, kolada, px
from loaders.reading.statistical.cube import Grid
from loaders.reading.workbook import Cells


def read(path: Path, *, kind: FileKind, scratch: Path) -> tuple[list[Cells], list[str]]:
    """The tables of a JSON or PX file, written into `scratch`, and every text of the file.

    Raises Refused: not-a-spreadsheet where it is of no kind that is known, too-large.
    """
    if kind is FileKind.JSON:
        grids, texts = of_json(path.read_bytes())
    else:
        written = scratch / "statistics.txt"
        transcode(path, written, reading_of(path))
        grids, texts = of_px(written.read_text(encoding="utf-8-sig"))
    return [_cells(grid, scratch / f"{number}.cells") for number, grid in enumerate(grids)], texts


def _cells(grid: Grid, path: Path) -> Cells:
    width = max(2, *map(len, grid.rows))
    save(path, [list(map(as_text, row)) for row in grid.rows], width)
    return Cells(name=grid.name, path=path, columns=width, hidden=grid.hidden)


def of_json(content: bytes) -> tuple[list[Grid], list[str]]:
    """The tables of a JSON document, which is Unicode or no JSON, and every text in it.

    Raises Refused (not-a-spreadsheet) where it is none of the kinds that are known.
    """
    try:
        document = json.loads(content)
        texts = list(_texts(document))
    except (ValueError, RecursionError) as error:
        raise refuse("not-a-spreadsheet", "Filen är JSON, men avklippt eller skadad.") from error
    if jsonstat.is_dataset(document):
        return [jsonstat.table(document)], texts
    if kolada.is_answer(document):
        return kolada.tables(document), texts
    raise refuse(
        "not-a-spreadsheet",
        "Filen är JSON, men varken JSON-stat 2.0 eller ett svar från Kolada med värden.",
    )


def of_px(text: str) -> tuple[list[Grid], list[str]]:
    """The table of a PX file, and every text in it but for the numbers."""
    begins = text.upper().find("DATA=")
    return [px.table(text)], [text[:begins] if begins >= 0 else text]


def _texts(node: Any) -> Iterator[str]:
    """Every key and text of a document, and numbers that are no values of a cube."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield key
            if key not in ("value", "size"):
                yield from _texts(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _texts(inner)
    elif isinstance(node, str | int | float):
        yield str(node)
