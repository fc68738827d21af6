"""What is declared is understood, however it is spelled there."""

import pytest

from loaders import kinds
from loaders.declaration import Column
from loaders.kinds.places import place_named
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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "municipality") for text in ("Ale kn", "Kommun: Ale", "1. Ale", "12) Ale")),
        ("Ale, Västra Götalands län", "municipality"),
        *((text, "municipality") for text in ("Ale (Västra Götaland)", "Kommun Ale", "Ale/1440")),
        *((text, "unknown") for text in ("Ale (Halland)", "Ale/1480", "Kommun", "001440")),
        *((text, "municipality") for text in ("01440", "1440/Ale")),
        *((text, "aside") for text in ("Asylsökande", "Utländska medborgare")),
        ("49 kommuner", "total"),
        *((text, "unknown") for text in ("Ale, Stockholms län", "1.5 Ale", "Ale, Tjörn")),
        ("Utomlän", "outside"),
    ],
)
def test_a_place_may_be_counted_up_or_have_its_county_beside_it(text: str, kind: str) -> None:
    assert place_named(text).kind == kind


def test_a_title_names_a_choice_by_the_spelling_of_its_declaration() -> None:
    assert titles.choice_in(AGES, "Personer i korttid, 65–79 år, 2025") == "65-79"
