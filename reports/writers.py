"""The files that a report can become, by suffix; what writes each is brought in when needed."""

from collections.abc import Callable, Mapping

from reports.model import Report
from reports.theme import Theme


def _pptx(report: Report, theme: Theme) -> bytes:
    from reports.office.pptx.deck import write

    return write(report, theme)


def _docx(report: Report, theme: Theme) -> bytes:
    from reports.office.docx.document import docx_file

    return docx_file(report, theme)


def _pdf(report: Report, theme: Theme) -> bytes:
    from reports.office.pdf import write

    return write(report, theme)


def _xlsx(report: Report, theme: Theme) -> bytes:
    from reports.office.xlsx import xlsx

    return xlsx(report, theme)


WRITERS: Mapping[str, Callable[[Report, Theme], bytes]] = {
    "pptx": _pptx,
    "docx": _docx,
    "pdf": _pdf,
    "xlsx": _xlsx,
}


def _pages(report: Report, theme: Theme) -> list[bytes]:
    from reports.office.pdf import pages

    return pages(report, theme)


def _slides(report: Report, theme: Theme) -> list[bytes]:
    from reports.office.pptx.preview import slides

    return slides(report, theme)


PICTURES: Mapping[str, Callable[[Report, Theme], list[bytes]]] = {"pdf": _pages, "pptx": _slides}
"""What draws the pages of a file (PNG)."""
