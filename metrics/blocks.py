"""What a block of an indicator may hold, and in Swedish what is wrong with one."""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from metrics.datasets import indicators as delivered
from metrics.indicator import DIVIDED, LEVELS, Calculation, Chart, Counts, Direction, Grain
from settings.toml import Declared
from swedish.phrases import TARGETS

KEY = re.compile(r"[a-z][a-z0-9_]*")
_GOAL = (
    'start och slut som år och en ändring, till exempel { start = "2020", end = "2025", '
    "change = -0.4 }"
)
_LIST = "en lista med ett eller flera av"
_Level = Literal["county", "area", "municipality", "hospital"]
_Text = Annotated[str, Field(min_length=1, description="en text")]
_Number = Annotated[float, Field(allow_inf_nan=False)]
_Year = Annotated[str, Field(pattern=r"^(19|20)\d\d$")]


class _Goal(Declared):
    """A change that is aimed at, as `indicator.Goal`."""

    start: _Year
    end: _Year
    change: _Number

    @model_validator(mode="after")
    def _forward(self) -> "_Goal":
        if self.start >= self.end:
            raise ValueError(f"'goal' ska vara {_GOAL}.")
        return self


class _Block(Declared):
    """The lines that any block has; those with a value here may be left out."""

    name: _Text
    short: _Text
    unit: _Text
    decimals: Annotated[int, Field(ge=0, le=6, description="ett helt tal mellan 0 och 6")]
    direction: Direction
    counts: Counts = "persons"
    share: Annotated[bool, Field(description="true eller false")] = False
    definition: _Text
    source: _Text
    per: Annotated[
        int, Field(ge=1, description="ett helt tal som är minst 1, till exempel 100 för procent")
    ] = 1
    target: Annotated[float | None, Field(allow_inf_nan=False, description="ett tal")] = None
    grain: Grain = "month"
    goal: Annotated[_Goal | None, Field(description=_GOAL)] = None

    @model_validator(mode="after")
    def _yearly(self) -> "_Block":
        if self.goal is not None and self.grain != "year":
            raise ValueError("'goal' kräver grain = \"year\".")
        return self

    @property
    def lines(self) -> dict[str, Any]:
        """The lines that are there."""
        return self.model_dump(exclude_unset=True)


class Block(_Block):
    """A block of the program's own, of any dataset."""

    dataset: _Text
    calculation: Calculation
    numerator: _Text = "numerator"
    denominator: Annotated[str | None, Field(min_length=1, description="en text")] = None
    caveats: str
    target_kind: Annotated[
        str, Field(pattern=f"^({'|'.join(TARGETS)})$", description=f"något av {', '.join(TARGETS)}")
    ] = "goal"
    threshold: _Number = 0.0
    chart: Chart = "xmr"
    ripens: bool = False
    levels: Annotated[
        tuple[Annotated[str, Field(pattern=f"^({'|'.join(LEVELS)})$")], ...],
        Field(min_length=1, description=f"{_LIST} {', '.join(LEVELS)}"),
    ] = get_args(_Level)

    @model_validator(mode="after")
    def _divided(self) -> "Block":
        if self.dataset != delivered.KEY and (self.denominator is not None) != (
            self.calculation in DIVIDED
        ):
            raise ValueError(
                f"'denominator' ska finnas när 'calculation' är {' eller '.join(DIVIDED)}, "
                "och annars inte."
            )
        return self


class OwnBlock(_Block):
    """A user's own block, which is of what is delivered as such."""

    calculation: Literal["ratio", "sum", "value"]
    caveats: str = ""
    levels: Annotated[
        tuple[_Level, ...],
        Field(
            min_length=1,
            description=f"{_LIST} {', '.join(get_args(_Level))}",
        ),
    ] = get_args(_Level)
    dataset: Annotated[
        str, Field(pattern=f"^{delivered.KEY}$", description=f"'{delivered.KEY}'")
    ] = delivered.KEY
    numerator: Literal["numerator"] = "numerator"
    denominator: Literal["denominator"] | None = None
