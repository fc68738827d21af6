"""What is declared is understood, however it is spelled there."""

import pytest

from loaders import kinds
from loaders.declaration import Column
from loaders.mapping import titles, vocabulary

AGES = Column(
    key="age",
    label="Åldersgrupp",
    kind=kinds.CHOICE,
    choices={"65–79 år": "65-79", "80 år och ÄLDRE": "80+"},
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("65–79 år", "65-79"), ("65-79 ÅR", "65-79"), ("80 år och äldre", "80+"), ("0–64 år", None)],
)
def test_a_choice_is_known_by_the_spelling_of_its_declaration(text: str, value: str | None) -> None:
    assert vocabulary.value_of(AGES, text) == value


def test_a_title_names_a_choice_by_the_spelling_of_its_declaration() -> None:
    assert titles.choice_in(AGES, "Personer i korttid, 65–79 år, 2025") == "65-79"
