"""Places of any level in one column: county, area, municipality or hospital."""

from loaders.mapping import vocabulary
from loaders.mapping.total_words import is_sum
from loaders.mapping.vocabulary import Place
from reference import COUNTY, hospital_names, normalise


def meaning(text: str) -> tuple[str | None, str]:
    """`municipality:1480`, and the state ok, total, outside-county or unknown-place.

    "Göteborg" is the municipality; the area has its own name. So is "Borås", which may also stand
    for its hospital where only hospitals are meant.
    """
    match vocabulary.place(text):
        case Place("municipality", str(code)):
            return f"municipality:{code}", "ok"
        case Place("area", str(key)):
            return f"area:{key}", "ok"
        case Place("county"):
            return f"county:{COUNTY}", "ok"
        case Place("total") if is_sum(text):
            return None, "total"
        case Place("outside", name):
            return name, "outside-county"
        case Place("aside", name):
            return name, "aside"
    if hospital := hospital_names().get(normalise(text)):
        return f"hospital:{hospital}", "ok"
    return None, "unknown-place"
