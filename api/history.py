"""How the numbers came to be: loads, versions, and what each publication changed."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

import pipeline
from api import models
from api.answers import Asked, answer, listed, looking
from api.problems import Refused
from metrics import loaded
from views.agreed import visible
from warehouse import store

router = APIRouter(tags=["Historik"])


@listed(router, "/loads", models.Page[models.Load], "Inläsningarna")
def list_loads(request: Request, wanted: Asked) -> Response:
    """Varje fil som har lästs in, nyast först, också de som har tagits tillbaka."""
    with looking(wanted.as_of) as version:
        kept_loads = visible.told(loaded.loads())
    return answer(request, kind=models.Load, items=kept_loads, version=version, wanted=wanted)


@listed(router, "/versions", models.Page[models.Version], "Versionerna som finns kvar")
def list_versions(request: Request, wanted: Asked) -> Response:
    """Äldst först. Ett svar ur en av dem fås med `as_of`."""
    with looking(None) as version:
        kept_versions = [
            models.Version(version=number, in_force=number == version)
            for number in store.versions()
        ]
    return answer(request, kind=models.Version, items=kept_versions, version=version, wanted=wanted)


@listed(
    router, "/versions/{version}/changes", models.Page[models.Change], "Vad en publicering ändrade"
)
def list_changes(
    request: Request,
    wanted: Asked,
    version: Annotated[int, Path(ge=1, le=2**31, description="Versionens nummer.")],
) -> Response:
    """Per indikator och period: hur många värden som är nya, ändrade, borta och som förut.

    Det som inte är fastställt är inte med, där det inte visas.
    """
    kept = store.versions()
    earlier = [number for number in kept if number < version]
    if version not in kept or not earlier:
        raise Refused(
            404,
            "okand-version",
            "Okänd version",
            f"Version {version}, eller versionen före den, finns inte kvar. Se /api/v1/versions.",
        )
    changed = pipeline.between(earlier[-1], version).periods
    return answer(request, kind=models.Change, items=changed, version=version, wanted=wanted)
