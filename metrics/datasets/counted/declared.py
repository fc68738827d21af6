"""The datasets of counts that exports declare: those of tables that have no room of their own."""

from collections.abc import Collection, Mapping, Sequence
from typing import get_args

from loaders.declaration import Export, PartOf
from loaders.exports import refused
from metrics.datasets.counted import DeclaredCounts, counted
from metrics.datasets.dataset import Dataset, Measure
from metrics.indicator import COUNTS, WHOLE, Grain


def declared(exports: Sequence[Export], *, own: Collection[str]) -> list[Dataset]:
    """A dataset for each that exports of tables name and that is not its `own`."""
    by_dataset: dict[str, list[Export]] = {}
    for export in exports:
        if export.tables and export.dataset not in own:
            by_dataset.setdefault(export.dataset, []).append(export)
    return [counted(_counts(key, of)) for key, of in by_dataset.items()]


def _counts(key: str, exports: Sequence[Export]) -> DeclaredCounts:
    return DeclaredCounts(
        key=key,
        name=exports[0].title,
        measures=_measures(exports),
        dimensions=_dimensions(exports),
        grains=_grains(exports),
        rules=tuple(
            rule for export in exports for rule in export.rules if isinstance(rule, PartOf)
        ),
    )


def _dimensions(exports: Sequence[Export]) -> tuple[str, ...]:
    """What tells counts apart; raises SettingsError where a part is called as the whole is."""
    dimensions: list[str] = []
    for export in exports:
        for column in export.dimensions:
            if WHOLE in (column.choices or {}).values():
                raise refused(export, f"[{column.key}]: inget av 'choices' kan vara {WHOLE!r}")
            if not (column.kind.period or column.kind.place):
                dimensions.append(column.key)
    return tuple(dict.fromkeys(dimensions))


def _grains(exports: Sequence[Export]) -> tuple[str, ...]:
    """How long the periods are that the exports have columns for; any, where it is not said."""
    periods = {c.kind.key for export in exports for c in export.columns if c.kind.period}
    every: tuple[str, ...] = get_args(Grain)
    # A period of any length is none of them by name.
    return tuple(one for one in every if one in periods) if periods <= set(every) else every


def _measures(exports: Sequence[Export]) -> Mapping[str, Measure]:
    """The measures by key; raises SettingsError where one counts nothing known, or two things."""
    measures: dict[str, Measure] = {}
    for export in exports:
        for column in export.measures:
            if column.counts not in COUNTS:
                known = f"något av {', '.join(COUNTS)}, men är {column.counts!r}"
                raise refused(export, f"[{column.key}]: 'counts' ska vara {known}")
            measure = Measure(name=column.label, counts=column.counts)
            if measures.setdefault(column.key, measure).counts != column.counts:
                other = measures[column.key].counts
                said = f"'counts' är {column.counts!r}, men i en annan export {other!r}"
                raise refused(export, f"[{column.key}]: {said}")
    return measures
