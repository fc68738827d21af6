"""Texts of a workbook with marks of footnotes in superscript, or with what is struck through."""

import html
import re

# So many characters of a note's mark; a longer text in superscript is text.
MARK = 3
SUPERSCRIPT = b"superscript"
STRUCK = re.compile(rb"""<(?:\w+:)?strike(?:\s*/?>|\s+val=["'](?:1|true)["'])""")
_NAME = r"(?:\w+:)?"
_RUN = re.compile(rf"<{_NAME}r>(.*?)</{_NAME}r>".encode(), re.DOTALL)
_TEXT = re.compile(rf"<{_NAME}t\b[^>]*>([^<]*)</".encode())
_PHONETIC = re.compile(rf"<{_NAME}rPh\b.*?</{_NAME}rPh>".encode(), re.DOTALL)


def without_marks(rich: bytes) -> str | None:
    """A rich text without its footnote marks; None where it has none, or nothing else."""
    kept, marks = [], 0
    for run in _RUN.findall(_PHONETIC.sub(b"", rich)):
        text = "".join(plain(part) for part in _TEXT.findall(run))
        if SUPERSCRIPT in run and len(text.strip()) <= MARK:
            marks += 1
        else:
            kept.append(text)
    text = "".join(kept).strip()
    return text if marks and text else None


def with_struck(rich: bytes) -> str:
    """A rich text with what is struck through in brackets, unless that is all of it."""
    runs = [
        (STRUCK.search(run), "".join(plain(part) for part in _TEXT.findall(run)))
        for run in _RUN.findall(_PHONETIC.sub(b"", rich))
    ]
    every = all(struck for struck, _ in runs)
    return "".join(f"[{text}]" if struck and not every else text for struck, text in runs)


def plain(content: bytes) -> str:
    """The characters of a part of a workbook, with references resolved."""
    return html.unescape(content.decode("utf-8", errors="replace"))
