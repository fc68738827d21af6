"""What several addresses are asked with: an indicator, a level of places, a period."""

from typing import Annotated

from fastapi import Path, Query

from api.problems import Refused
from metrics.catalogue import indicators
from metrics.values import Value, values
from reference import COUNTY, areas, find_place
from swedish.periods import grain_of

PERIOD = r"^[0-9]{4}(-(0[1-9]|1[0-2])|-K[1-4])?$"
Key = Annotated[str, Query(description="Indikatorns nyckel.", examples=["mean_days"])]
_GRAINS = {
    "month": "en månad, som 2026-10",
    "quarter": "ett kvartal, som 2026-K3",
    "year": "ett år, som 2026",
}
# An address with a line break in it reaches nobody who could answer.
IN_PATH = r"^[^/\r\n]+$"
KeyInPath = Annotated[
    str, Path(description="Indikatorns nyckel.", examples=["mean_days"], pattern=IN_PATH)
]


def known(key: str) -> str:
    """The key of an indicator. Raises Refused where there is none such."""
    if key not in indicators():
        raise Refused(
            404,
            "okand-indikator",
            "Okänd indikator",
            f"Indikatorn '{key}' finns inte. Se /api/v1/indicators.",
        )
    return key


def refuse_other_grain(key: str, **periods: str | None) -> None:
    """Raises Refused for a period of another kind than those of the indicator."""
    grain = indicators()[key].grain
    for name, period in periods.items():
        if period and grain_of(period) != grain:
            raise Refused(
                404,
                "okand-period",
                "Okänd period",
                f"Indikatorn har ingen sådan period: '{name}' ska vara {_GRAINS[grain]}.",
            )


def refuse_unknown_place(place: str, *, level: str) -> None:
    """Raises Refused where the level has no such place."""
    if find_place(place, level=level) != place:
        raise _no_place(f"Nivån {level} har ingen plats '{place}'.")


def refuse_what_is_nowhere(key: str, *, place: str | None, within: str, part: str | None) -> None:
    """Raises Refused where nothing was found because something is misspelt, and not for a gap."""
    if within not in (COUNTY, *(area.key for area in areas())):
        raise _no_place(f"Området '{within}' finns inte.")
    if place and find_place(place) != place and not _any(key, place=place):
        raise _no_place(f"Platsen '{place}' finns inte.")
    if part and (known := sorted({one.part for one in _any(key)})) and part not in known:
        raise Refused(
            404,
            "okand-del",
            "Okänd del",
            f"Indikatorn '{key}' har inte delen '{part}'. Välj bland {', '.join(known)}, eller *.",
        )


def _any(key: str, place: str | None = None) -> list[Value]:
    return values(indicator=key, place=place, part=None)


def _no_place(said: str) -> Refused:
    return Refused(404, "okand-plats", "Okänd plats", f"{said} Se /api/v1/places.")
