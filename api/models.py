"""What the API answers with: one class for each kind of thing, with its fields explained."""

from datetime import datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """A part of a list, and where the next part is."""

    version: int | None = Field(
        description="Versionen av uppgifterna som svaret är ur; null innan något har lästs in."
    )
    total: int = Field(description="Hur många poster hela listan har.")
    next: str | None = Field(description="Adressen till nästa del, av samma version.")
    items: list[Item]


class _Thing(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Indicator(_Thing):
    """An indicator as it is declared."""

    key: str = Field(examples=["mean_days"])
    name: str
    short: str
    unit: str = Field(examples=["dagar"])
    decimals: int
    direction: str = Field(description="Vad som är bättre: lower, higher eller neutral.")
    dataset: str
    grain: str = Field(description="month, quarter eller year.")
    calculation: str
    per: int = Field(description="Vad en kvot gångras med; 100 ger procent.")
    target: float | None = Field(description="Målet eller gränsen, om det finns någon.")
    levels: tuple[str, ...]
    definition: str
    caveats: str
    source: str


class Line(_Thing):
    """A line of a definition: a label and what it says, in Swedish."""

    label: str
    text: str


class Place(_Thing):
    """A place that values can be of."""

    level: str = Field(examples=["municipality"])
    place: str = Field(examples=["1480"])
    name: str = Field(examples=["Göteborg"])
    area: str | None = Field(description="Kommunens vårdsamverkansområde; null för andra platser.")


class Period(_Thing):
    """A period that an indicator has values of."""

    indicator: str
    period: str = Field(examples=["2026-10", "2026-K3", "2026"])


Preliminary = Annotated[
    bool,
    Field(
        description="Om sidorna säger att värdet är preliminärt: det är inte fastställt, där "
        "perioder fastställs, eller ändras så länge ärenden besvaras och avslutas.",
        examples=[False],
    ),
]


class Value(_Thing):
    """A value of an indicator; numbers that are protected or missing are null."""

    indicator: str
    period: str
    level: str
    place: str
    name: str
    part: str = Field(
        description="Vårdform, process eller program; alla för dem tillsammans. Där värdena kan "
        "delas upp på mer än ett sätt också vad det är: malgrupp:barn."
    )
    numerator: float | None
    denominator: float | None
    value: float | None
    status: str = Field(description="ok, partial, confidential, missing eller lower-bound.")
    reported: int = Field(description="Hur många som har rapporterat …")
    expected: int = Field(description="… av hur många.")
    preliminary: Preliminary


class Step(_Thing):
    """A period of a series: its value, its limits and what the control chart says of it."""

    period: str
    value: float | None
    status: str
    reported: int
    expected: int
    mean: float | None
    lower: float | None
    upper: float | None
    signal: str | None = Field(
        description="common_cause, special_cause_improvement, special_cause_concern eller "
        "special_cause_neutral_high eller special_cause_neutral_low; null där punkten inte bedöms."
    )
    preliminary: Preliminary


def _with_zone(time: datetime) -> datetime:
    """What is kept is the machine's own time; what is given says which zone that is."""
    return time.astimezone()


class Load(_Thing):
    """A file that was loaded, and whether it still counts."""

    load_id: int
    dataset: str
    export: str
    file: str
    sha256: str
    bytes: int
    loaded_at: Annotated[datetime, AfterValidator(_with_zone)]
    loaded_by: str
    rows: int | None = Field(
        description="Rader i filen; null där det vore antalet personer i enskilda kommuner, och "
        "för det som inte visas förrän det är fastställt."
    )
    first_period: str
    last_period: str
    demo: bool
    withdrawn_at: Annotated[datetime, AfterValidator(_with_zone)] | None
    withdrawn_reason: str | None


class Version(_Thing):
    """A published version that is kept."""

    version: int
    in_force: bool


class Change(_Thing):
    """A period of an indicator: how many of its values a publication made otherwise."""

    indicator: str
    period: str
    new: int
    changed: int
    lost: int
    unchanged: int
