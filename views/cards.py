"""What a card says where there is no trend to draw."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """A card's title, its value with a unit, and a note on how to read it."""

    title: str
    value: str
    unit: str = ""
    note: str = ""
