"""The tables of the user's guide that declarations say: `make guide` writes them anew."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from loaders.declaration import Export
from loaders.exports import exports
from loaders.problems import KINDS, Severity
from metrics.catalogue import indicators

GUIDE = Path(__file__).parents[1] / "docs" / "anvandarguide.md"
_SEVERITIES = {Severity.ERROR: "fel", Severity.WARNING: "varning"}


def written(guide: str) -> str:
    """The guide with the tables between its marks as the declarations have them now."""
    for name, table in _TABLES.items():
        guide = filled(guide, name, lines(table()), by="make guide")
    return guide


def lines(table: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table."""
    return [f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in table]


def filled(text: str, name: str, between: Iterable[str], *, by: str) -> str:
    """A text with these lines between the marks of a name, which say what writes them.

    Raises ValueError where it has no such marks.
    """
    begun, ended = f"<!-- {name}: skrivs av {by} -->\n", f"<!-- {name} slut -->"
    before, first, rest = text.partition(begun)
    _, last, after = rest.partition(ended)
    if not first or not last:
        raise ValueError(f"no marks for {name}")
    return "\n".join([f"{before}{begun}", *between, "", f"{ended}{after}"])


def _exports() -> Iterable[tuple[str, ...]]:
    yield "export", "innehåll", "måste finnas", "kan finnas"
    yield ("---",) * 4
    for export in exports():
        required, others = _columns(export)
        yield f"`{export.key}`", export.title, required, others


def _columns(export: Export) -> tuple[str, str]:
    """The columns that must be there, and those that may be."""
    either = export.records.either if export.records else ()
    required = [column.label for column in export.columns if column.required]
    one_of = [export.column(key).label for key in either]
    others = [
        column.label
        for column in export.columns
        if not column.required and column.key not in either
    ]
    must = ", ".join(required)
    return (f"{must}, och {' eller '.join(one_of)}" if one_of else must), ", ".join(others)


def _problems() -> Iterable[tuple[str, ...]]:
    yield "kod", "vad det betyder", "vad du gör"
    yield ("---",) * 3
    for code, kind in KINDS.items():
        yield f"`{code}`", f"{kind.title} ({_SEVERITIES[kind.severity]})", kind.advice


def _indicators() -> Iterable[tuple[str, ...]]:
    yield "nyckel", "namn", "enhet"
    yield ("---",) * 3
    for chosen in indicators().values():
        yield f"`{chosen.key}`", chosen.name, chosen.unit


_TABLES: Mapping[str, Callable[[], Iterable[tuple[str, ...]]]] = {
    "uttag": _exports,
    "problem": _problems,
    "indikatorer": _indicators,
}

if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
