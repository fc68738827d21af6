"""A place by its level and key: its name, where it stands in a list, and how people ask for it."""

from reference.files import cached
from reference.spellings import (
    area_names,
    county_names,
    hospital_names,
    municipality_names,
    normalise,
    nosam_by_name,
)
from reference.tables import COUNTY, areas, county, hospitals, municipalities, municipality_by_code
from swedish.typography import sort_key


def place_name(level: str, place: str) -> str:
    """What a place is called: county, area, municipality, hospital or NOSAM.

    A NOSAM that is not in the table keeps its name. Raises KeyError for a place that the level does
    not have.
    """
    match level:
        case "county":
            return {COUNTY: county().name}[place]
        case "area":
            return {area.key: area.name for area in areas()}[place]
        case "municipality":
            return municipality_by_code()[place].name
        case "hospital":
            return {hospital.name: hospital.name for hospital in hospitals()}[place]
        case "nosam":
            return {key: name for name, key in nosam_by_name().items()}.get(place, place)
        case _:
            raise KeyError(level)


@cached
def place_order() -> dict[tuple[str, str], tuple[int, int]]:
    """Where each place stands in a list: county, areas in their order, municipalities by area and
    in the order of the alphabet, hospitals."""
    sort = {area.key: area.sort for area in areas()}
    homes = sorted(municipalities(), key=lambda home: (sort[home.area], sort_key(home.name)))
    order = {("county", COUNTY): (0, 0)}
    order |= {("area", area.key): (1, area.sort) for area in areas()}
    order |= {("municipality", home.code): (2, n) for n, home in enumerate(homes)}
    return order | {("hospital", place.name): (3, n) for n, place in enumerate(hospitals())}


def find_place(text: str, *, level: str | None = None) -> str | None:
    """The key of the place that a person means: a key as it is, else a name; None for no place.

    `level` narrows the search, since an area may be called like a municipality.
    """
    keys = [place for at, place in place_order() if level in (None, at)]
    if text in keys:
        return text
    words = normalise(text)
    names = {
        "county": dict.fromkeys(county_names(), COUNTY),
        "area": area_names(),
        "municipality": municipality_names(),
        "hospital": hospital_names(),
    }
    matching = (
        known[words] for at, known in names.items() if level in (None, at) and words in known
    )
    return next(matching, None)


def level_of(place: str) -> str:
    """The level of the county's key, an area's key or a municipality's code; KeyError otherwise."""
    if place == COUNTY:
        return "county"
    if place in municipality_by_code():
        return "municipality"
    if any(area.key == place for area in areas()):
        return "area"
    raise KeyError(place)
