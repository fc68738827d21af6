"""Reading TOML files that people write: every fault is said in Swedish, with file and key."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from settings import SettingsError

_TYPES = {
    "string_type": "text",
    "int_type": "ett heltal",
    "float_type": "ett tal",
    "finite_number": "ett ändligt tal",
    "bool_type": "true eller false",
    "tuple_type": "en lista",
    "model_type": "en tabell med egna rader",
    "dict_type": "en tabell med egna rader",
}


class Declared(BaseModel):
    """A table of a TOML file: no other lines than its fields, and values of just their types.

    A field's `description` says in Swedish what its value is to be, where the type says too little.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


_D = TypeVar("_D", bound=Declared)


def read(path: Path) -> dict[str, Any]:
    """The tables of a file. Raises SettingsError where it is no TOML, with where the fault is."""
    return parsed(path, path.read_bytes())


def parsed(path: Path, content: bytes) -> dict[str, Any]:
    """The tables of what a file holds. Raises SettingsError as `read`."""
    try:
        # As files of text are read: whatever ends their lines.
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: filen går inte att läsa som TOML ({_where(error)})."
        ) from None


def declared(
    kind: type[_D], values: Mapping[str, Any], *, path: Path, table: str = "", line: str = "raden"
) -> _D:
    """A table as its model; `table` and `line` are what messages call it and one of its lines.

    Raises SettingsError with the first that is missing, unknown or no such value.
    """
    try:
        # Lists become tuples, which nobody changes by mistake.
        return kind.model_validate(_frozen(values))
    except ValidationError as error:
        where = f"{path}: [{table}]:" if table else f"{path}:"
        raise SettingsError(f"{where} {_fault(kind, error.errors(), line)}") from None


def _fault(kind: type[Declared], errors: Sequence[ErrorDetails], line: str) -> str:
    top = errors[0]
    missing = [f"'{name}'" for error in errors if (name := _missing(kind, error))]
    if missing:
        *head, last = missing
        return f"{', '.join(head)} och {last} saknas." if head else f"{last} saknas."
    if top["type"] == "value_error":
        return str(top["ctx"]["error"])
    names, model, field = _place(kind, top["loc"])
    name = ".".join(names)
    if field is None:
        return f"{line} '{name}' finns inte. Tillåtna är {', '.join(model.model_fields)}."
    return f"'{name}' {_wanted(field, top)}, men är {top['input']!r}."


def _missing(kind: type[Declared], error: ErrorDetails) -> str | None:
    """The name of a line that is not there; None where its table is described as a whole."""
    names, _, field = _place(kind, error["loc"])
    told = field is None or field.description is None or names[-1] == error["loc"][-1]
    return ".".join(names) if error["type"] == "missing" and told else None


def _place(
    kind: type[Declared], at: Sequence[int | str]
) -> tuple[list[str], type[Declared], FieldInfo | None]:
    """The names down to a line, its table's model, and its field; None where it has no such line.

    A table that is described as a whole is not looked into.
    """
    names: list[str] = []
    field = None
    for key in (key for key in at if isinstance(key, str)):
        inner = _table_of(field) if field else kind
        if inner is None:
            break
        kind, field = inner, inner.model_fields.get(key)
        names.append(key)
        if field is None or field.description:
            break
    return names, kind, field


def _table_of(field: FieldInfo) -> type[Declared] | None:
    kinds = (field.annotation, *get_args(field.annotation))
    tables = (kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Declared))
    return next(tables, None)


def _wanted(field: FieldInfo, error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case _ if field.description:
            return f"ska vara {field.description}"
        case "greater_than_equal":
            return f"får inte vara mindre än {context['ge']:g}"
        case "greater_than":
            return f"ska vara större än {context['gt']:g}"
        case "literal_error":
            return f"ska vara något av {', '.join(map(str, get_args(field.annotation)))}"
        case other:
            return f"ska vara {_TYPES.get(other, 'ett annat slags värde')}"


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _where(error: Exception) -> str:
    """Where in a file an error is, as a user finds it."""
    match = re.search(r"line (\d+), column (\d+)", str(error))
    if match:
        return f"felet är på rad {match[1]}, tecken {match[2]}"
    coded = isinstance(error, UnicodeDecodeError)
    return "den är inte sparad som UTF-8" if coded else "filen är inte fullständig"
