"""What cannot be declared of counts is refused there, and what is declared is held to."""

from dataclasses import replace

import pytest

from loaders import exports, kinds
from loaders.declaration import Column, Export, PartOf
from loaders.exports.shared_columns import MONTH, MUNICIPALITY
from metrics.datasets.counted.declared import declared
from metrics.datasets.dataset import Control

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
    with pytest.raises(ValueError, match="counts money"):
        declared((EXPORT, money), own=())


def test_no_part_is_called_as_the_whole_is() -> None:
    ages = Column(
        key="age", label="Ålder", kind=kinds.CHOICE, choices={"alla": "alla", "barn": "barn"}
    )
    with pytest.raises(ValueError, match="'alla'"):
        declared((replace(EXPORT, columns=(*EXPORT.columns, ages)),), own=())


@pytest.mark.parametrize(
    "columns",
    [
        (MONTH, VISITS),
        (MONTH, MUNICIPALITY),
        (MONTH, MUNICIPALITY, replace(VISITS, key="state")),
        (MONTH, MUNICIPALITY, replace(VISITS, key="select")),
    ],
    ids=["no municipality", "no count", "a working column", "a word of SQL"],
)
def test_a_table_that_cannot_be_read_is_refused_where_it_is_declared(
    columns: tuple[Column, ...],
) -> None:
    with pytest.raises(ValueError, match="besok"):
        exports.require_readable(replace(EXPORT, columns=columns))
    exports.require_readable(EXPORT)
