"""The numbers: values, and series with their limits and signals."""

import math
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api import models
from api.answers import Asked, answer, listed, looking
from api.parameters import (
    IN_PATH,
    PERIOD,
    Key,
    KeyInPath,
    known,
    refuse_other_grain,
    refuse_unknown_place,
    refuse_what_is_nowhere,
)
from metrics.indicator import Level
from metrics.values import values
from reference import COUNTY
from views import trend
from views.agreed import approval, visible

router = APIRouter(tags=["Tal"])
Part = Annotated[
    str,
    Query(description="Vårdform, process eller program, som i `part`; * för var och en av dem."),
]
WHOLE = "alla"


@listed(router, "/values", models.Page[models.Value], "Värden av en indikator")
def list_values(
    request: Request,
    wanted: Asked,
    indicator: Key,
    level: Annotated[Level | None, Query(description="Vilket slags plats.")] = None,
    place: Annotated[str | None, Query(description="Platsens nyckel.", examples=["1480"])] = None,
    within: Annotated[
        str, Query(description="Bara kommuner och patienter i området.", examples=["fyrbodal"])
    ] = COUNTY,
    part: Part = WHOLE,
    start: Annotated[
        str | None, Query(alias="from", pattern=PERIOD, description="Första perioden.")
    ] = None,
    end: Annotated[
        str | None, Query(alias="to", pattern=PERIOD, description="Sista perioden.")
    ] = None,
) -> Response:
    """Värdena som sidorna visar, i tidsordning. Det som är skyddat har status `confidential`."""
    known(indicator)
    refuse_other_grain(indicator, **{"from": start, "to": end})
    with looking(wanted.as_of) as version:
        series = values(
            indicator=indicator,
            level=level.value if level else None,
            place=place,
            within=within,
            part=None if part == "*" else part,
            start=start,
            end=end,
        )
        if not series:
            chosen = None if part == "*" else part
            refuse_what_is_nowhere(indicator, place=place, within=within, part=chosen)
        first = visible.first_hidden(indicator)
        marked = approval.marks(indicator)
        shown = [
            models.Value(**vars(one), preliminary=marked(one.period, one.level, one.place))
            for one in series
            if first is None or one.period < first
        ]
    return answer(request, kind=models.Value, items=shown, version=version, wanted=wanted)


@listed(
    router,
    "/series/{indicator}/{level}/{place}",
    models.Page[models.Step],
    "En plats över tid, med gränser och signaler",
)
def read_series(
    request: Request,
    wanted: Asked,
    indicator: KeyInPath,
    level: Annotated[Level, Path(description="Vilket slags plats.")],
    place: Annotated[
        str, Path(description="Platsens nyckel.", examples=["fyrbodal"], pattern=IN_PATH)
    ],
    end: Annotated[
        str | None, Query(alias="to", pattern=PERIOD, description="Sista perioden.")
    ] = None,
) -> Response:
    """Styrdiagrammet för en plats: varje periods värde, medel, gränser och signal."""
    known(indicator)
    refuse_unknown_place(place, level=level.value)
    refuse_other_grain(indicator, to=end)
    with looking(wanted.as_of) as version:
        first = visible.first_hidden(indicator)
        shown = [
            one
            for one in values(indicator=indicator, level=level.value, place=place)
            if first is None or one.period < first
        ]
        # Nothing follows the last value, however far ahead it is asked for.
        last = min(end or shown[-1].period, shown[-1].period) if shown else ""
        judged_steps = (
            trend.level_trends(indicator, level=level.value, period=last)[place].steps
            if last
            else ()
        )
        marked = approval.marks(indicator)
        steps = [
            _step(one, preliminary=marked(one.period, level.value, place)) for one in judged_steps
        ]
    return answer(request, kind=models.Step, items=steps, version=version, wanted=wanted)


def _step(one: trend.Step, *, preliminary: bool) -> models.Step:
    return models.Step(
        period=one.period,
        value=one.value,
        status=one.status,
        reported=one.reported,
        expected=one.expected,
        mean=_number(one.mean),
        lower=_number(one.lower),
        upper=_number(one.upper),
        signal=one.point_type,
        preliminary=preliminary,
    )


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
