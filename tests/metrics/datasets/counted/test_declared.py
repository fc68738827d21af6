"""What cannot be declared of counts is refused there, and what is declared is held to."""

from dataclasses import replace

import pytest

from loaders import kinds
from loaders.declaration import Column, Export, PartOf, Records
from loaders.exports import exports
from loaders.exports.shared_columns import MONTH, MUNICIPALITY
from metrics.datasets import _datasets as registered
from metrics.datasets.counted.declared import declared
from metrics.datasets.dataset import Control
from settings import SettingsError

VISITS = Column(key="visits", label="Besök", kind=kinds.COUNT, required=True)
ANSWERED = Column(key="answered", label="Besvarade", kind=kinds.COUNT)
EXPORT = Export(
    key="besok",
    title="Besök per kommun och månad",
    dataset="visits",
    columns=(MONTH, MUNICIPALITY, VISITS, ANSWERED),
)


def told(*others: Export) -> tuple[object, ...]:
    (dataset,) = declared(others, own=())
    assert isinstance(dataset.control, Control)
    return dataset.control.declared


def test_a_pattern_goes_by_what_is_counted_and_by_the_rules() -> None:
    opened = (*EXPORT.columns[:3], replace(ANSWERED, counts="none"))
    ruled = replace(EXPORT, rules=(PartOf(parts=("answered",), whole="visits"),))
    assert len({told(EXPORT), told(replace(EXPORT, columns=opened)), told(ruled)}) == 3


def test_two_exports_say_the_same_of_one_measure() -> None:
    other = replace(EXPORT, key="besok2", columns=(MONTH, MUNICIPALITY, VISITS))
    assert told(EXPORT, other) == told(EXPORT)
    money = replace(other, columns=(MONTH, MUNICIPALITY, replace(VISITS, counts="money")))
    with pytest.raises(ValueError, match="'counts' är 'money', men i en annan export 'persons'"):
        declared((EXPORT, money), own=())


def test_no_part_is_called_as_the_whole_is() -> None:
    ages = Column(
        key="age", label="Ålder", kind=kinds.CHOICE, choices={"alla": "alla", "barn": "barn"}
    )
    with pytest.raises(ValueError, match="'alla'"):
        declared((replace(EXPORT, columns=(*EXPORT.columns, ages)),), own=())


def test_an_unknown_count_is_refused_with_what_is_known() -> None:
    wrong = replace(EXPORT, columns=(MONTH, MUNICIPALITY, replace(VISITS, counts="person")))
    with pytest.raises(SettingsError, match="'counts' ska vara något av persons, cases"):
        declared((wrong,), own=())


@pytest.mark.parametrize(
    ("export", "said"),
    [
        (replace(EXPORT, dataset="discharges"), "räknar discharges, .* inte visits, answered"),
        (replace(EXPORT, dataset="funds"), "tar inte emot sådana rader"),
        (replace(EXPORT, records=Records(key=("visits",))), "har inget rum i metrics/datasets"),
    ],
)
def test_what_a_dataset_cannot_take_is_refused_where_it_is_declared(
    export: Export, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        registered((*exports(), export))
