"""What charts say in words: where a place stands against limits, and why there is no bar."""

NO_BAR = {
    "missing": "uppgift saknas",
    "confidential": "skyddad uppgift",
    "none": "inga utskrivna",
}
INCOMPLETE = "ofullständig"
_POSITIONS = {
    "inside": "Innanför gränserna",
    "above_95": "Över 95 %-gränsen",
    "above_998": "Över 99,8 %-gränsen",
    "below_95": "Under 95 %-gränsen",
    "below_998": "Under 99,8 %-gränsen",
}


def position_word(position: str) -> str:
    """Where a place stands against the limits of a funnel, in words."""
    return _POSITIONS[position]
