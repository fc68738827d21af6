"""Whether it is well and ready, and figures of it, for those who watch over it."""

import time
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from metrics.loaded import loads
from pipeline import demonstration, renewing
from settings import sound
from ui.running.counted import COUNTS
from warehouse.journal import arrivals, journal
from warehouse.journal.arrivals import ArrivalState
from warehouse.store import WarehouseError, standing

METRICS = "/metrics"
READY = "/ready"
HEALTH = "/health"
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def routes() -> list[Route]:
    """The addresses, which answer whatever the pages do."""
    return [Route(HEALTH, _health), Route(READY, _ready), Route(METRICS, _metrics)]


def _health(_request: Request) -> JSONResponse:
    """Which version is shown, None where nothing has been published, and how it is with it.

    `starting` while demo data is loaded or what is hidden is chosen anew, `degraded` where it is
    not, or may not be, the one that should be, or something else that is read is broken, `lost`
    (503) where none can be read.
    """
    try:
        now = standing()
    except WarehouseError:
        return JSONResponse({"status": "lost", "version": None}, status_code=503)
    amiss = now.trouble or now.behind or journal.trouble() or sound.trouble()
    status = "degraded" if amiss else "ok"
    if demonstration.is_under_way() or renewing.is_under_way():
        status = "starting"
    return JSONResponse({"status": status, "version": now.number})


def _ready(_request: Request) -> JSONResponse:
    """Whether readers may be sent here: the version and the journal can be read.

    A shared journal that does not answer is so for all machines, and none of the others is better.
    """
    broken = "broken" if journal.is_own() else "away"
    checks = {"warehouse": "ok", "journal": broken if journal.trouble() else "ok"}
    if renewing.is_under_way():
        checks["warehouse"] = "hidden by older rules"
    try:
        standing()
    except WarehouseError:
        checks["warehouse"] = "lost"
    ready = set(checks.values()) <= {"ok", "away"}
    return JSONResponse(
        {"status": "ready" if ready else "not ready", "checks": checks},
        status_code=200 if ready else 503,
    )


def _metrics(_request: Request) -> PlainTextResponse:
    """Figures in the text form of Prometheus; none of them is about a person or a number shown."""
    lines = [*COUNTS.lines(), *_of_process(), *_of_data()]
    return PlainTextResponse("\n".join(lines) + "\n", media_type=_TYPE)


def _of_process() -> Iterator[str]:
    yield "# HELP process_cpu_seconds_total Processortid."
    yield "# TYPE process_cpu_seconds_total counter"
    yield f"process_cpu_seconds_total {time.process_time():.3f}"


def _of_data() -> Iterator[str]:
    try:
        now = standing()
    except WarehouseError:
        yield from _gauge("samverkan_warehouse_lost", "1 om ingen version går att läsa.", 1)
        return
    yield from _gauge("samverkan_warehouse_lost", "1 om ingen version går att läsa.", 0)
    told = "1 om en annan version visas än den som skulle gälla."
    yield from _gauge("samverkan_warehouse_degraded", told, int(bool(now.trouble or now.behind)))
    yield from _gauge("samverkan_version", "Versionen som visas.", now.number or 0)
    in_force = [one for one in loads() if not one.withdrawn_at]
    yield from _gauge("samverkan_loads_in_force", "Inläsningar som gäller.", len(in_force))
    newest = max((one.loaded_at.timestamp() for one in in_force), default=0.0)
    told = "När den senaste inläsningen gjordes."
    yield from _gauge("samverkan_last_load_timestamp_seconds", told, round(newest))
    waiting = sum(one.state is ArrivalState.WAITING for one in arrivals.latest())
    yield from _gauge("samverkan_files_waiting", "Hämtade filer som väntar på beslut.", waiting)
    yield "# HELP samverkan_source_trouble 1 om källan inte svarade som den ska."
    yield "# TYPE samverkan_source_trouble gauge"
    for name, answer in sorted(arrivals.answers().items()):
        escaped = name.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
        yield f'samverkan_source_trouble{{source="{escaped}"}} {int(bool(answer.trouble))}'


def _gauge(name: str, told: str, value: int) -> Iterator[str]:
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} gauge"
    yield f"{name} {value}"
