"""What is wrong with a call, as problem details (RFC 9457) in Swedish."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from access.checks import Refused as NotAllowed
from settings import SettingsError
from warehouse import store

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """A fault: what kind it is, for a program, and what to do about it, for a person."""

    type: str = Field(examples=["urn:samverkan:okand-indikator"])
    title: str = Field(examples=["Okänd indikator"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["Indikatorn 'mean' finns inte. Se /api/v1/indicators."])


class Refused(Exception):
    """A call that cannot be answered; `kind` names the fault for programs."""

    def __init__(self, status: int, kind: str, title: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = Problem(
            type=f"urn:samverkan:{kind}", title=title, status=status, detail=detail
        )


_DOCUMENTED = {
    400: "Anropet går inte att förstå.",
    401: "Ingen nyckel, eller en som inte gäller.",
    403: "Det finns ingen rätt att göra det.",
    404: "Det som frågas efter finns inte.",
    405: "Adressen tar inte emot metoden.",
    409: "Filen kan inte publiceras som den är.",
    413: "Filen är för stor.",
    415: "Filen är inte sänd som den är.",
    503: "Datalagret går inte att läsa just nu.",
}
# What a fault of a parameter is called, by pydantic's own names of them.
_FAULTS = {
    "missing": "saknas",
    "int_parsing": "ska vara ett heltal",
    "greater_than_equal": "är för litet",
    "less_than_equal": "är för stort",
    "string_pattern_mismatch": "har fel form",
    "enum": "är inget av de värden som går att välja",
    "string_too_long": "är för långt",
}


CSV_TOO: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Listan, eller en del av den.",
        "content": {"text/csv": {"schema": {"type": "string"}, "example": "key,name\r\n"}},
    },
    304: {"description": "Samma svar som frågaren har, enligt If-None-Match."},
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that an address can answer with, as OpenAPI describes answers."""
    return {
        status: {
            "description": _DOCUMENTED[status],
            "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
        }
        for status in statuses
    }


def answer_problems(app: FastAPI) -> None:
    """Let every fault of the app become problem details."""

    @app.exception_handler(Refused)
    def _refused(_request: Request, fault: Refused) -> JSONResponse:
        return told(fault.problem)

    @app.exception_handler(RequestValidationError)
    def _invalid(_request: Request, fault: RequestValidationError) -> JSONResponse:
        return told(
            Problem(
                type="urn:samverkan:fel-anrop",
                title="Anropet går inte att förstå",
                status=400,
                detail=" ".join(_said(one) for one in fault.errors()),
            )
        )

    @app.exception_handler(HTTPException)
    def _http(request: Request, fault: HTTPException) -> JSONResponse:
        said = {
            404: f"Adressen {request.url.path} finns inte. Se /api/v1/.",
            405: f"{request.method} går inte att använda här.",
        }
        return told(
            Problem(
                type="about:blank",
                title=_DOCUMENTED.get(fault.status_code, "Anropet gick inte att besvara."),
                status=fault.status_code,
                detail=said.get(fault.status_code, "Försök igen om en stund."),
            ),
            headers=dict(fault.headers or {}),
        )

    @app.exception_handler(NotAllowed)
    def _not_allowed(_request: Request, fault: NotAllowed) -> JSONResponse:
        return told(
            Problem(
                type="urn:samverkan:ingen-ratt",
                title=_DOCUMENTED[403],
                status=403,
                detail=str(fault),
            )
        )

    @app.exception_handler(store.WarehouseError)
    @app.exception_handler(SettingsError)
    def _unreadable(_request: Request, fault: Exception) -> JSONResponse:
        return told(
            Problem(
                type="urn:samverkan:gar-inte-att-lasa",
                title=_DOCUMENTED[503],
                status=503,
                detail=str(fault),
            )
        )


def _said(fault: dict[str, Any]) -> str:
    where: Sequence[object] = fault["loc"]
    return f"'{where[-1]}' {_FAULTS.get(fault['type'], 'går inte att använda')}."


def told(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem as an answer."""
    return JSONResponse(
        problem.model_dump(), status_code=problem.status, media_type=MEDIA_TYPE, headers=headers
    )
