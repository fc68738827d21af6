"""What there is to ask for: indicators with their definitions, places and periods."""

from fastapi import APIRouter, Request, Response

from api import models
from api.answers import Asked, answer, listed, looking
from api.parameters import KeyInPath, known
from metrics.catalogue import indicators
from reference import municipality_by_code, place_name, place_order
from settings import settings
from views.agreed import visible
from views.explaining.definitions import definition

router = APIRouter(tags=["Vad som finns"])


@listed(router, "/indicators", models.Page[models.Indicator], "Indikatorerna")
def list_indicators(request: Request, wanted: Asked) -> Response:
    """Varje indikator som den är deklarerad, också egna."""
    with looking(wanted.as_of) as version:
        declared = list(indicators().values())
    return answer(request, kind=models.Indicator, items=declared, version=version, wanted=wanted)


@listed(
    router,
    "/indicators/{indicator}/definition",
    models.Page[models.Line],
    "En indikators definition",
)
def read_definition(request: Request, wanted: Asked, indicator: KeyInPath) -> Response:
    """Rad för rad som på sidan Indikatorer: betydelse, beräkning, avrundning, röjandekontroll."""
    known(indicator)
    with looking(wanted.as_of) as version:
        lines = definition(indicators()[indicator], settings()).lines
    rows = [models.Line(label=label, text=text) for label, text in lines]
    return answer(request, kind=models.Line, items=rows, version=version, wanted=wanted)


@listed(router, "/places", models.Page[models.Place], "Platserna")
def list_places(request: Request, wanted: Asked) -> Response:
    """Länet, områdena, kommunerna efter område och sjukhusen."""
    order = place_order()
    homes = municipality_by_code()
    known_places = [
        models.Place(
            level=level,
            place=place,
            name=place_name(level, place),
            area=homes[place].area if level == "municipality" else None,
        )
        for level, place in sorted(order, key=lambda key: order[key])
    ]
    with looking(wanted.as_of) as version:
        return answer(
            request, kind=models.Place, items=known_places, version=version, wanted=wanted
        )


@listed(router, "/periods", models.Page[models.Period], "Perioderna")
def list_periods(request: Request, wanted: Asked) -> Response:
    """Vilka perioder varje indikator har värden för."""
    with looking(wanted.as_of) as version:
        held_periods = [
            models.Period(indicator=key, period=period)
            for key, periods in sorted(visible.periods_by_indicator().items())
            for period in periods
        ]
    return answer(request, kind=models.Period, items=held_periods, version=version, wanted=wanted)
