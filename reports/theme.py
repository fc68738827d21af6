"""The look of reports, as `theme.toml` declares it; a user's own file replaces line by line."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from PIL import Image

import settings
from reports.model import ReportError

_FILE = "theme.toml"
_TABLES = frozenset({"fonts", "colors"})
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Colors:
    """The colours, each as `#rrggbb`."""

    ink: str
    muted: str
    rule: str
    band: str
    quiet: str
    chance: str
    accent: str
    improvement: str
    deterioration: str
    paper: str


@dataclass(frozen=True, kw_only=True)
class Theme:
    """The sender, the fonts and colours, and the user's own files, None where there are none."""

    organisation: str
    office_font: str
    pdf_font: str
    colors: Colors
    logo: Path | None
    pptx_template: Path | None
    docx_template: Path | None
    font_folder: Path | None

    @property
    def font_folders(self) -> list[Path]:
        """Where the fonts of PDF and of drawn charts lie, the user's own first."""
        shipped = Path(str(files("font_source_sans_pro").joinpath("files")))
        return [*([self.font_folder] if self.font_folder else []), shipped]


def theme() -> Theme:
    """The shipped theme with the user's own on top.

    Raises ReportError for a file that cannot be used, and SettingsError for settings that cannot.
    """
    found: dict[str, Any] = {}
    for folder in dict.fromkeys((settings.SHIPPED, settings.data_dir())):
        if (folder / _FILE).is_file():
            found = _merged(found, _read(folder / _FILE))
    return Theme(
        organisation=found["organisation"] or settings.settings().organisation,
        office_font=found["fonts"]["office"],
        pdf_font=found["fonts"]["pdf"],
        colors=Colors(**found["colors"]),
        logo=found["logo"],
        pptx_template=found["pptx_template"],
        docx_template=found["docx_template"],
        font_folder=found["fonts"]["folder"],
    )


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """`below` with what `above` says instead. Raises ReportError for a line nobody reads."""
    if not below:
        return above
    merged = dict(below)
    for key, value in above.items():
        if key not in below:
            raise ReportError(f"{_FILE}: raden '{key}' finns inte. Tillåtna är {', '.join(below)}.")
        merged[key] = _merged(below[key], value) if isinstance(value, dict) else value
    return merged


def _read(path: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReportError(f"{path}: filen går inte att läsa som TOML ({error}).") from None
    for key, value in found.items():
        _need(path, key, value, table=key in _TABLES)
        for name, inner in value.items() if key in _TABLES else ():
            _need(path, f"{key}.{name}", inner, table=False)
    for key, value in found.get("colors", {}).items():
        if not _COLOR.fullmatch(value):
            raise ReportError(f"{path}: färgen '{key}' ska skrivas som #0f5b63, men är '{value}'.")
    for key in ("logo", "pptx_template", "docx_template"):
        if key in found:
            found[key] = _beside(path, found[key])
    if "folder" in found.get("fonts", {}):
        found["fonts"]["folder"] = _beside(path, found["fonts"]["folder"])
    if found.get("logo"):
        _refuse_no_picture(found["logo"])
    return found


def _need(path: Path, line: str, value: object, *, table: bool) -> None:
    """Every line is a text, but for the tables that have more lines. Raises ReportError."""
    if table and not isinstance(value, dict):
        raise ReportError(f"{path}: '{line}' ska vara en tabell, [{line}], med egna rader.")
    if not table and not isinstance(value, str):
        raise ReportError(f"{path}: raden '{line}' ska vara en text inom citattecken.")


def _refuse_no_picture(path: Path) -> None:
    """Raises ReportError for a picture that not every kind of report can show."""
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            picture.load()
    except OSError:
        raise ReportError(f"{path}: märket ska vara en bild, .png eller .jpg.") from None


def _beside(theme_file: Path, name: str) -> Path | None:
    """A file or folder that the theme names. Raises ReportError where there is none."""
    if not name:
        return None
    named = theme_file.parent / name
    if not named.exists():
        raise ReportError(f"{theme_file}: {named} finns inte.")
    return named
