"""Templates of markup: what is put into them is escaped, and only what a template made is not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_FOLDER = Path(__file__).parent / "templates"


class _Joined(FileSystemLoader):
    """Templates are written on many lines, and make one: between tags a line break is a space."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, name, up_to_date = super().get_source(environment, template)
        return "".join(line.strip() for line in source.splitlines()), name, up_to_date


_TEMPLATES = Environment(loader=_Joined(_FOLDER), autoescape=True, undefined=StrictUndefined)


def rendered(template: str, **values: Any) -> Markup:
    """The markup of a template of `charts/markup/templates`, with these values in it."""
    return Markup(_TEMPLATES.get_template(f"{template}.html").render(values))
