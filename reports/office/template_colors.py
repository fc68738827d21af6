"""The colours and the font of a template of the user's own, for what is drawn in it."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

from lxml import etree

from reports.theme import Theme

_NAMES = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
_THEMES = ("ppt/theme/theme1.xml", "word/theme/theme1.xml")
_MASTER = "ppt/slideMasters/slideMaster1.xml"
_PRESENTATION = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def in_its_colors(theme: Theme, template: Path | None) -> Theme:
    """The theme with a template's own colours and font; as it is where the template has none.

    What says better and worse keeps its colours: they are chosen to be told apart by everyone.
    """
    if template is None:
        return theme
    with zipfile.ZipFile(io.BytesIO(template.read_bytes())) as package:
        names = package.namelist()
        part = next((package.read(name) for name in _THEMES if name in names), None)
        master = package.read(_MASTER) if _MASTER in names else None
    if part is None:
        return theme
    tree = etree.fromstring(part)
    colors = _scheme(tree)
    if not {"dk1", "lt1", "accent1"} <= set(colors):
        return theme
    mapped = _mapped(master)
    ink, paper = colors[mapped["tx1"]], colors[mapped["bg1"]]
    accent = colors.get(mapped["accent1"], colors["accent1"])
    fonts = tree.xpath("//a:minorFont/a:latin/@typeface", namespaces=_NAMES)
    return replace(
        theme,
        office_font=str(fonts[0]) if fonts and fonts[0] else theme.office_font,
        colors=theme.colors.model_copy(
            update={
                "ink": ink,
                "paper": paper,
                "accent": accent,
                "muted": _mixed(ink, paper, 0.3),
                "chance": _mixed(ink, paper, 0.4),
                "rule": _mixed(ink, paper, 0.8),
                "band": _mixed(ink, paper, 0.93),
                "quiet": _mixed(accent, paper, 0.45),
            }
        ),
    )


def _scheme(tree: etree._Element) -> dict[str, str]:
    code_by_slot = {}
    for slot in tree.xpath("//a:clrScheme/*", namespaces=_NAMES):
        for color in slot:
            code = color.get("lastClr") or color.get("val") or ""
            if len(code) == 6:
                code_by_slot[etree.QName(slot).localname] = f"#{code.lower()}"
    return code_by_slot


def _mapped(master: bytes | None) -> dict[str, str]:
    """Which of the scheme's colours the master takes for text, ground and accent."""
    plain = {"tx1": "dk1", "bg1": "lt1", "accent1": "accent1"}
    if master is None:
        return plain
    element = etree.fromstring(master).find(f"{_PRESENTATION}clrMap")
    return plain if element is None else {key: element.get(key, own) for key, own in plain.items()}


def _mixed(one: str, other: str, share: float) -> str:
    """One colour with a share of another."""
    pairs = zip(*(bytes.fromhex(color[1:]) for color in (one, other)), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
