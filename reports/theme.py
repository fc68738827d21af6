"""The look of reports, as `theme.toml` declares it; a user's own file replaces line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from PIL import Image
from pydantic import Field

import settings
from settings.toml import Declared, declared, read

_FILE = "theme.toml"
_FILES = ("logo", "pptx_template", "docx_template", "folder")
_Color = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$", description="en färg som #0f5b63")]


class Colors(Declared):
    """The colours, each as `#rrggbb`."""

    ink: _Color
    muted: _Color
    rule: _Color
    band: _Color
    quiet: _Color
    chance: _Color
    accent: _Color
    improvement: _Color
    deterioration: _Color
    paper: _Color


class _Fonts(Declared):
    office: str
    pdf: str
    folder: str


class _Look(Declared):
    """The lines of theme.toml; names of files are those of files that are there, or empty."""

    organisation: str
    logo: str
    pptx_template: str
    docx_template: str
    fonts: _Fonts
    colors: Colors


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

    Raises SettingsError for a file that cannot be used.
    """
    lines: dict[str, Any] = {}
    path = settings.SHIPPED / _FILE
    for folder in dict.fromkeys((settings.SHIPPED, settings.data_dir())):
        if (folder / _FILE).is_file():
            path = folder / _FILE
            lines = _merged(lines, _beside(path, read(path)))
    look = declared(_Look, lines, path=path)
    return Theme(
        organisation=look.organisation or settings.settings().organisation,
        office_font=look.fonts.office,
        pdf_font=look.fonts.pdf,
        colors=look.colors,
        logo=_picture(path, look.logo),
        pptx_template=_there(path, look.pptx_template),
        docx_template=_there(path, look.docx_template),
        font_folder=_there(path, look.fonts.folder),
    )


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`below` with what `above` says instead, line by line also within tables."""
    merged = {**below, **above}
    for key, value in above.items():
        if isinstance(value, Mapping) and isinstance(below.get(key), Mapping):
            merged[key] = _merged(below[key], value)
    return merged


def _beside(path: Path, lines: Mapping[str, Any]) -> dict[str, Any]:
    """The lines with the names of files as paths from the folder of the theme that names them."""
    placed: dict[str, Any] = {}
    for key, value in lines.items():
        match value:
            case str() if value and key in _FILES:
                placed[key] = str(path.parent / value)
            case Mapping():
                placed[key] = _beside(path, value)
            case _:
                placed[key] = value
    return placed


def _there(theme_file: Path, name: str) -> Path | None:
    """A file or folder that the theme names. Raises SettingsError where there is none."""
    if name and not Path(name).exists():
        raise settings.SettingsError(f"{theme_file}: {name} finns inte.")
    return Path(name) if name else None


def _picture(theme_file: Path, name: str) -> Path | None:
    """As `_there`, and SettingsError for a picture that not every kind of report can show."""
    path = _there(theme_file, name)
    try:
        if path:
            with Image.open(path, formats=("PNG", "JPEG")) as picture:
                picture.load()
    except OSError:
        raise settings.SettingsError(
            f"{theme_file}: märket {path} ska vara en bild, .png eller .jpg."
        ) from None
    return path
