"""What a user's own block of an indicator may hold, and in Swedish what is wrong with one."""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from metrics.datasets import indicators as delivered
from settings.toml import Declared

KEY = re.compile(r"[a-z][a-z0-9_]*")
_GOAL = (
    'start och slut som år och en ändring, till exempel { start = "2020", end = "2025", '
    "change = -0.4 }"
)
_Level = Literal["county", "area", "municipality", "hospital"]
_Counts = Literal["persons", "cases", "days", "money", "inhabitants", "none"]
_Text = Annotated[str, Field(min_length=1, description="en text")]
_Year = Annotated[str, Field(pattern=r"^(19|20)\d\d$")]


class OwnGoal(Declared):
    """A change that is aimed at, as `indicator.Goal`."""

    start: _Year
    end: _Year
    change: Annotated[float, Field(allow_inf_nan=False)]

    @model_validator(mode="after")
    def _forward(self) -> "OwnGoal":
        if self.start >= self.end:
            raise ValueError(f"'goal' ska vara {_GOAL}.")
        return self


class OwnBlock(Declared):
    """The lines of a block; those with a value here may be left out."""

    name: _Text
    short: _Text
    unit: _Text
    decimals: Annotated[int, Field(ge=0, le=6, description="ett helt tal mellan 0 och 6")]
    direction: Literal["higher", "lower", "neutral"]
    calculation: Literal["ratio", "sum", "value"]
    counts: _Counts = "persons"
    share: Annotated[bool, Field(description="true eller false")] = False
    definition: _Text
    source: _Text
    caveats: str = ""
    per: Annotated[
        int, Field(ge=1, description="ett helt tal som är minst 1, till exempel 100 för procent")
    ] = 1
    target: Annotated[float | None, Field(allow_inf_nan=False, description="ett tal")] = None
    grain: Literal["month", "quarter", "year"] = "month"
    levels: Annotated[
        tuple[_Level, ...],
        Field(
            min_length=1,
            description=f"en lista med ett eller flera av {', '.join(get_args(_Level))}",
        ),
    ] = get_args(_Level)
    goal: Annotated[OwnGoal | None, Field(description=_GOAL)] = None
    dataset: Annotated[
        str, Field(pattern=f"^{delivered.KEY}$", description=f"'{delivered.KEY}'")
    ] = delivered.KEY
    numerator: Literal["numerator"] = "numerator"
    denominator: Literal["denominator"] | None = None

    @model_validator(mode="after")
    def _yearly(self) -> "OwnBlock":
        if self.goal is not None and self.grain != "year":
            raise ValueError("'goal' kräver grain = \"year\".")
        return self

    @property
    def lines(self) -> dict[str, Any]:
        """The lines that are there, as `catalogue.toml` would have them."""
        return self.model_dump(exclude_unset=True)
