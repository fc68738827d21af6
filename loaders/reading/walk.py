"""One walk through the parts of a zipped workbook, so that each of them is unpacked once.

Each piece is looked at for what is unsafe (safety.py), for texts where no cell is (package.py) and
for whether its cells have marks (looks/); what has none is not looked at again.
"""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from loaders.problems import refuse
from loaders.reading import identity, package
from loaders.reading.looks import marks, opendocument
from loaders.reading.looks.marks import Marks
from loaders.reading.package import Piece, is_sheet
from loaders.reading.safety import DAMAGED, DAMAGED_TEXT, Reach, refuse_unsafe


def walked(path: Path, *, openxml: bool) -> tuple[set[str], Mapping[str, Marks]]:
    """The identity numbers beside the cells, and the marks of the cells by the sheets' names.

    Raises Refused: unsafe-xml, encrypted, too-large, not-a-spreadsheet.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            walk = _Walk(archive)
            # What cells may look like stands in parts that may come after the sheets.
            walk.look([one for one in archive.infolist() if not is_sheet(one.filename)], _is_marked)
            if not openxml:
                return walk.numbers, opendocument.of_opendocument(archive, plain=walk.plain)
            looks = marks.looks_of(archive, plain=walk.plain)
            sheets = [one for one in archive.infolist() if is_sheet(one.filename)]
            walk.look(sheets, looks.may_be_in)
            return walk.numbers, marks.of_workbook(archive, looks, plain=walk.plain)
    except DAMAGED as error:
        raise refuse("not-a-spreadsheet", DAMAGED_TEXT) from error


def _is_marked(piece: Piece) -> bool:
    """Whether a piece of the shared strings, or of an OpenDocument content, may have marks."""
    return marks.is_marked(piece) or opendocument.is_marked(piece)


class _Walk:
    """What has been found: `numbers` of persons, and the parts that are `plain`, without marks."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.numbers = identity.numbers_of(package.names_in(archive))
        self.plain: set[str] = set()
        self._archive = archive

    def look(
        self, entries: Iterable[zipfile.ZipInfo], may_have_marks: Callable[[Piece], bool]
    ) -> None:
        """Look through parts; `may_have_marks` says of a piece whether to look at it closely."""
        for entry in entries:
            if package.is_archive(self._archive, entry):
                self.numbers |= identity.numbers_of(package.texts_within(self._archive, entry))
                continue
            reach, plain, rows = Reach(), True, is_sheet(entry.filename)
            for piece in package.pieces(self._archive, entry, rows=rows):
                refuse_unsafe(entry.filename, piece)
                if rows:
                    reach.add(piece)
                self.numbers |= identity.numbers_of(package.texts_of(entry.filename, piece))
                plain = plain and not may_have_marks(piece)
            reach.refuse_far(self._archive, entry)
            # Of parts with one name the last is read.
            (self.plain.add if plain else self.plain.discard)(entry.filename)
