"""A file handed in by a program: checked as on the page Data, and published with the right to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

import pipeline
from access.checks import require
from access.rights import Act
from api.problems import Refused, documented
from loaders.delivery import Delivery
from machine import scratch
from pipeline import NO_ROOM, Loaded
from settings import settings
from warehouse.journal import audit

router = APIRouter(tags=["Leveranser"])


class Fault(BaseModel):
    """What is wrong with a file, or to be confirmed or answered, and where."""

    code: str = Field(examples=["unknown-municipality"])
    severity: str = Field(description="error eller warning.")
    sheet: str | None
    cell: str | None
    column: str | None
    value: str | None
    message: str


class Answer(BaseModel):
    """What the file is, what is wrong with it, how it was read, and what became of it."""

    state: Literal["checked", "published", "unchanged"] = Field(
        description="checked: bara kontrollerad; unchanged: samma fil gäller redan."
    )
    ok: bool = Field(description="Om filen kan publiceras; varningar ska då bekräftas.")
    export: str | None = Field(description="Vilken export filen är; null om den inte känns igen.")
    rows: int
    problems: list[Fault]
    receipt: list[str] = Field(description="Läskvittot i meningar.")
    load_id: int | None = Field(description="Inläsningens nummer, när filen publicerades.")
    version: int | None = Field(description="Versionen som publiceringen blev.")


@router.post(
    "/deliveries",
    response_model=Answer,
    status_code=200,
    responses={
        201: {"model": Answer, "description": "Filen är publicerad."},
        **documented(400, 401, 403, 409, 413, 415, 503),
    },
    summary="Lämna en fil",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "Filen, som den är.",
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def deliver(
    request: Request,
    response: Response,
    name: Annotated[
        str,
        Query(
            min_length=1,
            max_length=150,
            pattern=r"^[^/\\\x00-\x1f]+$",
            description="Vad filen heter.",
            examples=["utskrivningsklara_2026-10.xlsx"],
        ),
    ],
    publish: Annotated[
        bool, Query(description="Publicera filen om den är utan fel; annars bara kontrollera.")
    ] = False,
    confirm: Annotated[bool, Query(description="Publicera också när filen har varningar.")] = False,
    reason: Annotated[
        str,
        Query(max_length=300, description="Varför, när filen ändrar det som är granskat."),
    ] = "",
) -> Answer:
    """Filen går samma väg som på sidan Data. Med `publish` blir den antingen helt publicerad eller
    inte alls; samma fil två gånger ändrar ingenting."""
    require(Act.CHECK)
    _refuse_forms(request)
    shown = "".join(sign for sign in name if sign.isprintable()) or "fil"
    async with _received(request) as path:
        handled = await run_in_threadpool(
            _handled, path, shown, publish=publish, confirm=confirm, reason=reason
        )
    if handled.state == "published":
        response.status_code = 201
    return handled


def _refuse_forms(request: Request) -> None:
    """Raises Refused where a form is sent: what is around the file in it would be read as of it."""
    if request.headers.get("content-type", "").casefold().startswith("multipart/"):
        raise Refused(
            415,
            "formular",
            "Filen är sänd som ett formulär",
            "Sänd filen som den är, som anropets innehåll (med curl: --data-binary @FIL). "
            "Ingenting har lästs in.",
        )


@asynccontextmanager
async def _received(request: Request) -> AsyncIterator[Path]:
    """What was sent, as a file for as long as the block lasts. Raises Refused where it is large."""
    limit = settings().max_file_bytes
    # What says itself that it is too large is not waited for.
    told = request.headers.get("content-length", "")
    _refuse_large(int(told) if told.isdecimal() else 0, limit)
    size = 0
    with scratch.folder() as folder:
        path = folder / "delivery"
        with path.open("wb") as target:
            async for chunk in request.stream():
                size += len(chunk)
                _refuse_large(size, limit)
                target.write(chunk)
        yield path


def _refuse_large(size: int, limit: int) -> None:
    """Raises Refused for more than is read."""
    if size > limit:
        raise Refused(
            413,
            "for-stor-fil",
            "Filen är för stor",
            f"Gränsen är {limit / 1e6:.0f} MB. Ingenting har lästs in.",
        )


def _handled(path: Path, name: str, *, publish: bool, confirm: bool, reason: str) -> Answer:
    try:
        with pipeline.checked(path, name=name) as file:
            audit.checked(file.kept_name)
            if not publish:
                return _answer(file)
            _refuse(file, confirm=confirm)
            return _answer(file, pipeline.publish(file, reason=reason))
    except pipeline.NeedsReason as error:
        raise Refused(
            409, "orsak-kravs", "En orsak krävs", f"{error} Sänd orsaken som reason."
        ) from error
    except NO_ROOM as error:
        raise Refused(
            413,
            "for-stor-fil",
            "Filen är för stor",
            "Filen är för stor för datorns minne. Ingenting har lästs in.",
        ) from error


def _refuse(file: Delivery, *, confirm: bool) -> None:
    """Raises Refused for a file with errors, and for one with warnings that are not confirmed."""
    told = " Kontrollera filen utan publish för att få alla. Ingenting har lästs in."
    if not file.ok:
        errors = [one for one in file.problems if one.severity == "error"]
        raise Refused(
            409,
            "fel-i-filen",
            "Filen har fel",
            f"{len(errors)} fel. Det första: {errors[0].message}{told}",
        )
    if file.warnings and not confirm:
        raise Refused(
            409,
            "varningar",
            "Filen har varningar",
            f"{len(file.warnings)} varningar. Den första: {file.warnings[0].message}{told} "
            "Med confirm=true publiceras filen ändå.",
        )


def _answer(file: Delivery, done: Loaded | None = None) -> Answer:
    states: dict[bool, Literal["published", "unchanged"]] = {True: "published", False: "unchanged"}
    return Answer(
        state="checked" if done is None else states[done.load_id is not None],
        ok=file.ok,
        export=file.export.key if file.export else None,
        rows=file.rows,
        problems=[
            Fault(
                code=one.code,
                severity=str(one.severity),
                sheet=one.sheet,
                cell=one.cell,
                column=one.column,
                value=one.value,
                message=one.message,
            )
            for one in file.problems
        ],
        receipt=list(file.receipt.sentences) if file.receipt else [],
        load_id=done.load_id if done else None,
        version=done.version if done else None,
    )
