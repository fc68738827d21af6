"""What several addresses are asked with: an indicator, a level of places, a period."""

from typing import Annotated

from fastapi import Path, Query

from api.problems import Refused
from metrics.catalogue import indicators

PERIOD = r"^\d{4}(-(0[1-9]|1[0-2])|-K[1-4])?$"
Key = Annotated[str, Query(description="Indikatorns nyckel.", examples=["mean_days"])]
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
