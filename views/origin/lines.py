"""A number's origin in words: what it is, its files and cells, when and by whom it was loaded."""

from metrics import residents
from metrics.datasets import datasets
from metrics.indicator import POPULATION
from swedish import typography
from swedish.periods import period_name
from swedish.phrases import quantity
from views.origin.numbers import Origin, Source, cell_ranges
from warehouse.loads import Load

# A sheet's cells beyond this many ranges are counted instead of listed.
LISTED_RANGES = 12
CELLS_UNSAID = (
    "Vilka celler det är sägs inte där hur många de är kan säga något om ett antal som är dolt."
)


def lines(origin: Origin) -> list[str]:
    """The sentences of a number's origin, in the order that a reader asks for them."""
    said = [_number(origin), f"Så räknas det: {origin.indicator.definition}"]
    said += [_source(source) for source in origin.sources]
    if any(not source.singles and not any(source.cells.values()) for source in origin.sources):
        said.append(CELLS_UNSAID)
    if origin.indicator.denominator == POPULATION:
        years = residents.years(origin.value.period, origin.codes)
        said.append(f"Invånarna är folkmängden {years}.")
    if origin.replaced:
        files = typography.enumerate_words([_load(load) for load in origin.replaced])
        said.append(f"Gäller i stället för uppgifter i {files}.")
    if origin.missing:
        names = typography.enumerate_words(sorted(origin.missing, key=typography.sort_key))
        said.append(f"Delar saknas eller visas inte: {names}.")
    return said


def _number(origin: Origin) -> str:
    value, indicator = origin.value, origin.indicator
    where = f"{value.name}, {period_name(value.period)}"
    if value.status == "confidential":
        return f"{indicator.name}, {where}: visas inte, för få personer eller ärenden."
    shown = typography.NO_VALUE
    if value.value is not None:
        shown = quantity(value.value, indicator.unit, indicator.decimals)
    text = f"{indicator.name}, {where}: {shown}"
    if value.denominator is not None and value.numerator is not None:
        parts = typography.number(value.numerator, 0), typography.number(value.denominator, 0)
        text += f" ({parts[0]} genom {parts[1]})"
    return text + "."


def _noun(load: Load) -> str:
    origin = datasets()[load.dataset].origin
    return origin.noun if origin else ""


def _load(load: Load) -> str:
    return f"{load.file} (inläsning {load.load_id})"


def _source(source: Source) -> str:
    load = source.load
    who = f"läst in {load.loaded_at:%Y-%m-%d %H:%M} av {load.loaded_by}"
    if source.singles:
        rows = f"rader om {_noun(load)}"
        if source.stays is not None:
            count = typography.plural(source.stays, "rad", "rader")
            rows = f"{count} om {_noun(load)} i länet"
        return f"{_load(load)}, {rows} som räknades vid inläsningen, {who}.{_receipt(load)}"
    sheets = "; ".join(
        f"blad {sheet}{f', {_cells(cells)}' if cells else ''}"
        for sheet, cells in source.cells.items()
    )
    return f"{_load(load)}, {sheets}, {who}.{_receipt(load)}"


def _receipt(load: Load) -> str:
    return f" Läskvitto: {' '.join(load.read_as)}" if load.read_as else ""


def _cells(cells: tuple[str, ...]) -> str:
    ranges = cell_ranges(cells)
    if len(ranges) > LISTED_RANGES:
        return typography.plural(len(cells), "cell", "celler")
    return ("cell " if len(cells) == 1 else "celler ") + typography.enumerate_words(ranges)
