"""The settings that an organisation may change, as `settings.toml` declares them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from settings import SettingsError
from settings.sound import Read
from settings.toml import Declared, declared, parsed

_Day = Annotated[int, Field(ge=1, le=28, description="mellan 1 och 28")]
_Whole = Annotated[int, Field(gt=0)]


class Settings(Declared):
    """The settings in force; `data/settings.toml` says what each one means."""

    organisation: str
    hosts: tuple[str, ...]
    public_address: str = Field(
        pattern=r"^(https?://[^\s]+)?$", description="en adress som https://samverkan.example.se"
    )
    county_folder: str
    approval: Literal["off", "on", "hidden"]
    approval_from: str = Field(
        pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$", description="en månad som 2026-10"
    )
    target_mean_days: float = Field(gt=0, allow_inf_nan=False)
    due_day_month: _Day
    due_day_quarter: _Day
    due_day_year: str = Field(
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$",
        description="en månad och en dag, högst 28, som 06-01",
    )
    disclosure_threshold: int = Field(ge=0)
    liability_test_months: int
    liability_mean_decimals: int
    liability_days_decimals: int
    liability_long_stays: str
    liability_psykiatri: str
    lock_wait_seconds: float = Field(ge=0)
    keep_versions: _Whole
    warehouse: str
    storage: str
    max_file_bytes: _Whole
    max_unpacked_bytes: _Whole
    max_zip_entries: _Whole
    max_zip_ratio: _Whole


def read_settings(files: Sequence[Path], read: Read) -> Settings:
    """The settings of the files that there are, each on top of those before it.

    Raises SettingsError for a file that is no TOML, an unknown key, or a value of the wrong type.
    """
    values: dict[str, Any] = {}
    path = files[0]
    for file in files:
        if there := read([file]):
            path = file
            values |= parsed(*there)
    if not values:
        raise SettingsError(f"{path} finns inte.")
    return declared(Settings, values, path=path, line="inställningen")
