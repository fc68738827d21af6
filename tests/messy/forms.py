"""Kinds of mess in how a table is written: formats, encodings, separators, quotation marks, lines.

The pollutions of the Pollock benchmark for CSV (Vitagliano and others, PVLDB 16, 2023) are among
them: other delimiters, quotation and escape marks, preambles, several heads and tables, ragged
rows, missing and surplus separators.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.messy.contents import Change
from tests.messy.draft import Draft


def _form(form: str) -> Change:
    def change(draft: Draft) -> Draft | None:
        fits = draft.form in {"csv", form} and _plain_text(draft)
        return replace(draft, form=form) if fits else None

    return change


def _plain_text(draft: Draft) -> bool:
    written = (draft.separator, draft.encoding, draft.line_end, draft.quoting, draft.text)
    return written == (";", "utf-8", "\r\n", "needed", ())


def _text(*changes: str, **fields: Any) -> Change:
    """A change of how a text is written."""

    def change(draft: Draft) -> Draft | None:
        if draft.form != "csv":
            return None
        if draft.quoting != "needed" and "quoting" in fields:
            return None
        return replace(draft, text=(*draft.text, *changes), **fields)

    return change


def _unquoted_commas(draft: Draft) -> Draft | None:
    """Decimals and separators both commas, and nothing in quotation marks."""
    if draft.form != "csv" or draft.table != "shares":
        return None
    return replace(draft, separator=",", quoting="never")


def _single(draft: Draft) -> Draft | None:
    marks = any("'" in str(cell) or '"' in str(cell) for row in draft.rows for cell in row)
    if draft.form != "csv" or marks:
        return None
    return replace(draft, quoting="single")


def _counted(change: Change) -> Change:
    return lambda draft: change(draft) if len(draft.counts) > 1 else None


FORMS: Mapping[str, Change] = {
    "workbook": _form("xlsx"),
    "OpenDocument": _form("ods"),
    "web page": _form("html"),
    "UTF-8 with BOM": _text(encoding="utf-8-sig"),
    "UTF-16": _text(encoding="utf-16"),
    "Windows-1252": _text(encoding="cp1252"),
    "DOS": _text(encoding="cp850"),
    "Macintosh": _text(encoding="mac_roman", line_end="\r"),
    "UTF-8 misread": _text(encoding="misread"),
    "DOS misread": _text(encoding="misread-dos"),
    "tabs": _text(separator="\t"),
    "commas": _text(separator=","),
    "bars": _text(separator="|"),
    "all quoted": _text(quoting="all"),
    "apostrophes": _single,
    "backslashes": _text(quoting="backslash"),
    "unquoted commas": _unquoted_commas,
    "lines by LF": _text(line_end="\n"),
    "blank lines": _text("blank lines"),
    "preamble": _text("preamble"),
    "sep line": _text("sep line"),
    "separators after": _text("trailing"),
    "separators before": _text("leading"),
    "head again": _text("head again"),
    "spaces around": _text("spaced"),
    "end sign": _text("end sign"),
    "a separator too many": _counted(_text("shifted")),
    "a separator too few": _counted(_text("joined")),
    "no head": _text("without head"),
}
