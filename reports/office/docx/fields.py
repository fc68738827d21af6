"""What Word itself counts: numbers of captions, the contents and the pages."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """A field with what it shows until Word counts anew."""
    for kind, content in (
        ("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")
    ):  # fmt: skip
        run = paragraph.add_run(shown if kind == "text" else None)
        if kind != "text":
            run._r.append(_mark(kind, content))


def add_caption(document: Any, word: str, number: int, text: str) -> Any:
    """`Tabell 3. …`, numbered by Word among captions of the same word, on the page of what it is
    the caption of, whatever the template's style says."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(f"{word} ")
    add_field(paragraph, f" SEQ {word} \\* ARABIC ", str(number))
    paragraph.add_run(f". {text}")
    return paragraph


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Name a paragraph, so that the contents can lead to it."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, start)
    else:
        properties.addnext(start)
    paragraph._p.append(end)


def add_link(paragraph: Any, text: str, address: str) -> None:
    """Text at the end of a paragraph that leads to an address."""
    link = OxmlElement("w:hyperlink")
    kept = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), kept)
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def add_contents(document: Any, entries: list[tuple[str, str]]) -> None:
    """The headings (bookmark and text) as links, in a field that Word can update."""
    for at, (name, text) in enumerate(entries):
        paragraph = document.add_paragraph()
        if at == 0:
            for kind, content in (
                ("begin", ""), ("", ' TOC \\o "1-1" \\n \\h \\z '), ("separate", "")
            ):  # fmt: skip
                paragraph.add_run()._r.append(_mark(kind, content))
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name)
        link.set(qn("w:history"), "1")
        run = paragraph.add_run(text)
        link.append(run._r)
        paragraph._p.append(link)
        if at == len(entries) - 1:
            paragraph.add_run()._r.append(_mark("end", ""))


def _mark(kind: str, content: str) -> Any:
    if content:
        code: Any = OxmlElement("w:instrText")
        code.set(qn("xml:space"), "preserve")
        code.text = content
        return code
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark
