"""What a checked file would publish, row by row, in one shape for every export."""

from typing import TypeAlias

from loaders.declaration import Export
from loaders.delivery import Delivery

Row: TypeAlias = dict[str, str | float | bool | None]


def rows(file: Delivery) -> list[Row]:
    """One row a value: `period`, `place`, the dimensions by name, `measure`, `value`, `state`.

    A municipality is its code. Single cases are given as their number per quarter. None where the
    file has errors.
    """
    if not file.ok or file.export is None:
        return []
    cursor = file.connection.execute(_query(file.export))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _query(export: Export) -> str:
    if export.records is None:
        return _of_counts(export)
    if export.cases:
        return _of_cases(export)
    amounts = [column.key for column in export.columns if column.kind.money]
    return _of_amounts(export, amounts) if amounts else _OF_INDICATORS


def _of_counts(export: Export) -> str:
    """Tables of counts, and stays once they are counted."""
    kept = "".join(f", {key}" for key in export.told_apart)
    return f"""
        select
            period, municipality as place, hospital, care_form{kept}, measure, value, state,
            sheet, cell
        from fact
        order by all
    """


def _of_cases(export: Export) -> str:
    by = export.records.selected_by if export.records else None
    categories = [column.key for column in export.columns if column.kind.category]
    kept = "".join(f", {key}" for key in categories)
    return f"""
        select
            year({by}) || '-K' || quarter({by}) as period, municipality as place{kept},
            '{export.dataset}' as measure, count(*)::double as value, 'ok' as state
        from record
        group by all
        order by all
    """


def _of_amounts(export: Export, amounts: list[str]) -> str:
    structs = ", ".join(
        f"{{measure: '{key}', value: {key}, state: {key}_state, lower: {key}_lower}}"
        for key in amounts
    )
    return f"""
        select
            year as period, recipient as place, programme, level, amount.measure as measure,
            amount.value as value, amount.state as state, amount.lower as lower, sheet, cell
        from (select *, unnest([{structs}]) as amount from record)
        where amount.state <> 'empty'
        order by all
    """


_OF_INDICATORS = """
    select
        period, split_part(place, ':', 2) as place, split_part(place, ':', 1) as level, indicator,
        part.measure as measure, part.value as value, part.state as state, sheet, cell
    from (
        select
            *,
            unnest([
                {measure: 'numerator', value: numerator, state: numerator_state},
                {measure: 'denominator', value: denominator, state: denominator_state},
                {measure: 'value', value: value, state: value_state}
            ]) as part
        from record
    )
    where part.state <> 'empty'
    order by all
"""
