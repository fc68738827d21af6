"""A list as an answer: of one version, in parts, as JSON or CSV, and unchanged where it is."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ValidationError

from api.models import Page
from api.problems import CSV_TOO, Refused, documented
from warehouse import store

MOST = 10_000
_Endpoint = TypeVar("_Endpoint", bound=Callable[..., Response])


class Form(StrEnum):
    """How a list is written; `excel` is CSV that Excel opens with Swedish settings."""

    JSON = "json"
    CSV = "csv"
    EXCEL = "excel"


class Wanted(BaseModel):
    """What every list can be asked for with."""

    limit: int
    offset: int
    form: Form
    as_of: int | None


def _wanted(
    limit: Annotated[int, Query(ge=1, le=MOST, description="Högst så många poster.")] = 1000,
    offset: Annotated[int, Query(ge=0, le=2**31, description="Hoppa över så många.")] = 0,
    form: Annotated[
        Form, Query(alias="format", description="json, csv eller excel (CSV för svensk Excel).")
    ] = Form.JSON,
    as_of: Annotated[
        int | None, Query(ge=1, le=2**31, description="Versionen som svaret ska vara ur.")
    ] = None,
) -> Wanted:
    return Wanted(limit=limit, offset=offset, form=form, as_of=as_of)


Asked = Annotated[Wanted, Depends(_wanted)]


@contextmanager
def looking(as_of: int | None) -> Iterator[int | None]:
    """Whatever is read in the block is of one version: the one asked for, else the one in force.

    Raises Refused for a version that is not kept.
    """
    if as_of is not None and as_of not in store.versions():
        raise Refused(
            404,
            "okand-version",
            "Okänd version",
            f"Version {as_of} finns inte kvar. Se /api/v1/versions.",
        )
    with store.look(as_of) as seen:
        yield seen.number


def listed(
    router: APIRouter, path: str, kind: type[Page[Any]], summary: str
) -> Callable[[_Endpoint], _Endpoint]:
    """A route of `router` that answers with a list, and what it may answer instead."""
    return router.get(
        path,
        response_model=kind,
        responses=CSV_TOO | documented(400, 401, 403, 404, 503),
        summary=summary,
    )


def answer(
    request: Request,
    *,
    kind: type[BaseModel],
    items: Sequence[object],
    version: int | None,
    wanted: Wanted,
) -> Response:
    """A part of the list `items`, whose things have the attributes of `kind`.

    An answer that the asker has already, by its ETag, is 304 and empty.
    """
    shown = [_thing(kind, one) for one in items[wanted.offset : wanted.offset + wanted.limit]]
    following = None
    if wanted.offset + wanted.limit < len(items):
        moved = {"offset": wanted.offset + wanted.limit}
        asked = request.url.include_query_params(**moved, **({"as_of": version} if version else {}))
        following = f"{asked.path}?{asked.query}"
    if wanted.form is Form.JSON:
        page = Page[Any](version=version, total=len(items), next=following, items=shown)
        body, media_type = page.model_dump_json().encode(), "application/json"
    else:
        body, media_type = _table(kind, shown, wanted.form), "text/csv; charset=utf-8"
    tag = f'"v{version or 0}-{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
    if following:
        headers["Link"] = f'<{following}>; rel="next"'
    held = request.headers.get("if-none-match", "")
    if tag in held or held.strip() == "*":
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _thing(kind: type[BaseModel], one: object) -> BaseModel:
    try:
        return kind.model_validate(one)
    except ValidationError as error:
        raise TypeError(f"{one!r} is no {kind.__name__}") from error


def _table(kind: type[BaseModel], shown: Sequence[BaseModel], form: Form) -> bytes:
    swedish = form is Form.EXCEL
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if swedish else ",", lineterminator="\r\n")
    writer.writerow(kind.model_fields)
    for one in shown:
        writer.writerow([_cell(value, swedish=swedish) for value in one.model_dump().values()])
    return text.getvalue().encode("utf-8-sig" if swedish else "utf-8")


def _cell(value: object, *, swedish: bool) -> str:
    """A value as text: no formula, and with a decimal comma where the table is Swedish."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        text = str(int(value)) if value.is_integer() else repr(value)
        return text.replace(".", ",") if swedish else text
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
