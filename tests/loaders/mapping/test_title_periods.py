"""What a further table's titles leave to those of the first."""

import pytest

from loaders.mapping.title_periods import completed
from loaders.mapping.titles import months_in


@pytest.mark.parametrize(
    "own, before, month",
    [
        (["2020"], ["Utskrivningsklara juli", "2019"], "2020-07"),
        (["Augusti"], ["Utskrivningsklara juli 2019"], "2019-08"),
        (["Augusti 2020"], ["Utskrivningsklara juli 2019"], "2020-08"),
    ],
)
def test_a_year_or_a_month_alone_is_completed(
    own: list[str], before: list[str], month: str
) -> None:
    assert months_in(completed(own, before), file="rapport") == [month]
