"""How fresh each dataset is said to be."""

from pathlib import Path

import pipeline
from metrics import loaded


def load(folder: Path, name: str, month: str, *, days: int = 20) -> None:
    path = folder / name
    path.write_text(
        f"Månad;Kommun;Antal utskrivna;Antal dagar\n{month};Ale;40;{days}\n", encoding="utf-8"
    )
    with pipeline.checked(path) as file:
        pipeline.publish(file)


def freshest() -> tuple[str, str]:
    (row,) = loaded.freshness().to_dict("records")
    return row["last_period"], row["file"]


def test_the_file_that_reaches_furthest_is_named(data: Path) -> None:
    load(data, "augusti.csv", "2019-08")
    load(data, "juli.csv", "2019-07")
    assert freshest() == ("2019-08", "augusti.csv")
    load(data, "augusti2.csv", "2019-08", days=30)
    assert freshest() == ("2019-08", "augusti2.csv")


def test_a_file_that_was_taken_back_is_not(data: Path) -> None:
    load(data, "juli.csv", "2019-07")
    load(data, "augusti.csv", "2019-08")
    pipeline.withdraw(2, reason="fel fil")
    assert freshest() == ("2019-07", "juli.csv")
