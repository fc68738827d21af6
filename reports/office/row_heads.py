"""Which cells of a PDF's tables head their rows, for those who have the table read aloud.

Typst tags the first row of a table as heads, and cannot be told of a column's by way of Python.
So it is written into the finished file, where tags stand as plain text.
"""

import re
from bisect import bisect_left

_ROW = re.compile(rb"/S/TR/P \d+ 0 R/K\[(\d+) 0 R")
_CELL = re.compile(rb"\n(\d+) 0 obj\n<</Type/StructElem/S/(TD)/P \d+ 0 R/A\[<</O/Table()/Headers")
_PLACE = re.compile(rb"\n(\d{10})(?= \d{5} n)")
_START = re.compile(rb"startxref\n(\d+)\n")
_SCOPE = b"/Scope/Row"


def with_row_heads(file: bytes) -> bytes:
    """The PDF with the first cell of each row of a table tagged as the head of its row."""
    firsts = {row[1] for row in _ROW.finditer(file)}
    cells = [cell for cell in _CELL.finditer(file) if cell[1] in firsts]
    if not cells:
        return file
    written, done = [], 0
    for cell in cells:
        kind, scope = cell.start(2), cell.start(3)
        written += [file[done:kind], b"TH", file[kind + 2 : scope], _SCOPE]
        done = scope
    changed = b"".join([*written, file[done:]])
    # The file ends with the place of each of its parts, which have moved.
    scopes = [cell.start(3) for cell in cells]

    def moved(at: int) -> int:
        return at + len(_SCOPE) * bisect_left(scopes, at)

    (start,) = _START.findall(file)
    listed = moved(int(start))
    places = _PLACE.sub(lambda one: b"\n%010d" % moved(int(one[1])), changed[listed:])
    return changed[:listed] + _START.sub(b"startxref\n%d\n" % listed, places)
