"""The API as an application: its addresses, its description and the page that explains it."""

from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse

from api import catalogue, deliveries, history, numbers
from api.problems import answer_problems

PREFIX = "/api"
_ABOUT = (
    "Talen som sidorna visar, för program som frågar. Samma röjandekontroll gäller som på sidorna: "
    "det som är skyddat har status confidential och inga tal. Varje svar är ur en version av "
    "uppgifterna; med as_of fås en tidigare."
)


def application() -> FastAPI:
    """The API, to be mounted at PREFIX beside the pages."""
    app = FastAPI(
        title="samverkan",
        version="1",
        description=_ABOUT,
        # FastAPI's own pages fetch their scripts from another host.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    answer_problems(app)
    for part in (catalogue, numbers, history, deliveries):
        app.include_router(part.router, prefix="/v1")

    @app.get("/v1/openapi.json", include_in_schema=False)
    def describe() -> JSONResponse:
        return JSONResponse(_described(app))

    @app.get("/v1/", include_in_schema=False)
    def explain() -> HTMLResponse:
        return HTMLResponse(_page().render(description=app.openapi(), prefix=PREFIX))

    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """The description, with where the API is and which key may be shown."""
    description = app.openapi()
    keys = {"securitySchemes": {"nyckel": {"type": "http", "scheme": "bearer"}}}
    return {
        **description,
        "servers": [{"url": PREFIX}],
        "components": {**description["components"], **keys},
        # At the machine itself, where nobody signs in, none is needed.
        "security": [{"nyckel": []}, {}],
    }


@cache
def _page() -> jinja2.Template:
    text = files("api").joinpath("page.html").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(text)
