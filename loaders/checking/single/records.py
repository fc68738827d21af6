"""Single records: each row is one, kept with its typed values.

Makes `record_line` (every filled row with its role: data, total or note) and, of a file without
errors, `record`: the data rows with each declared column as KEY (null where there is no value),
and beside them `sheet`, `cell` (of the first column), KEY_state of numbers, KEY_lower and
KEY_cell of amounts.
"""

from collections.abc import Sequence

import duckdb

import reference
from loaders import kinds
from loaders.checking.entries import columns_of
from loaders.declaration import Column, PlaceAt
from loaders.kinds.places import place_named
from loaders.locating.located import Located

STATES = ("missing", "not-applicable", "confidential")


def make_lines(located: Located, connection: duckdb.DuckDBPyConnection) -> None:
    """Make `record_line`; a row with hardly anything in it is a note, not a record.

    So is a head that is repeated; a single cell may well be called like its column.
    """
    columns = columns_of(located)
    filled = " + ".join(f"(trim(coalesce(entry.{c.key}, '')) <> '')::integer" for c in columns)
    chosen = ", ".join(
        f"is_{c.key}.value as {c.key}, {_state(c)} as {c.key}_state"
        + (f", is_{c.key}.lower as {c.key}_lower" if c.kind.money else "")
        for c in columns
    )
    joins = " ".join(
        f"join is_{c.key} on entry.{c.key} is not distinct from is_{c.key}.text" for c in columns
    )
    heads = " + ".join(f"({c.key}_state = 'head')::integer" for c in columns)
    single = ", ".join(
        f"case {c.key}_state when 'head' then '{c.kind.fault if c.kind.place else 'ok'}' "
        f"else {c.key}_state end as {c.key}_state"
        for c in columns
    )
    totals = " or ".join(f"{c.key}_state = 'total'" for c in columns)
    connection.execute(
        f"""
        create or replace temp table record_line as
        with typed as (
            select row, block, part, of_whole, {filled} as filled, {chosen}
            from entry {joins}
        )
        select
            * replace ({single}),
            case
                when {heads} >= 2 or {heads} = filled then 'note'
                when of_whole and {_numbered(located, columns)} then 'data'
                when filled <= 2 and filled * 3 <= $columns then 'note'
                when not of_whole then 'part'
                when {totals} then 'total'
                else 'data'
            end as role
        from typed
        where filled > 0
        """,
        {"columns": len(columns)},
    )
    have = {column.key for column in columns}
    for rule in located.export.rules:
        if isinstance(rule, PlaceAt) and {rule.column, rule.level} <= have:
            _name_places(rule, connection)
            _take_sums_out(rule, located, columns, connection)


def _numbered(located: Located, columns: Sequence[Column]) -> str:
    """SQL for whether a row has the number of a case and a day: a case, however little else."""
    records = located.export.records
    keys = [c.key for c in columns if records and records.cases and c.key in records.key]
    days = [f"{c.key}_state = 'ok'" for c in columns if c.kind is kinds.DATE]
    numbers = [f"regexp_matches(coalesce({key}, ''), '\\d')" for key in keys]
    return f"{' and '.join(numbers)} and ({' or '.join(days)})" if numbers and days else "false"


def _name_places(rule: PlaceAt, connection: duckdb.DuckDBPyConnection) -> None:
    """Give each place its own name, and unknown municipalities the state of what they are."""
    pairs = connection.execute(
        f"""
        select distinct {rule.level}, {rule.column}
        from record_line
        where role = 'data' and {rule.column}_state = 'ok' and {rule.level} is not null
        """
    ).fetchall()
    single = any(
        level == "municipality" and place_named(text).kind == "municipality"
        for level, text in pairs
    )
    connection.execute(
        f"""
        with named as (
            select r[1] as level, r[2] as text, r[3] as name, r[4] as state
            from (select unnest($rows::varchar[][]) as r)
        )
        update record_line
        set
            {rule.column} = name,
            {rule.column}_state = state,
            role = case state when 'total' then 'total' else role end
        from named
        where record_line.{rule.level} = named.level and record_line.{rule.column} = named.text
        """,
        {"rows": [[level, text, *_named(level, text, single=single)] for level, text in pairs]},
    )


def _take_sums_out(
    rule: PlaceAt,
    located: Located,
    columns: Sequence[Column],
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """The county's row, or an area's, whose amounts are all those of its municipalities, is a sum.

    Read as a recipient of its own it would have the same money twice.
    """
    sums = [column.key for column in columns if column.kind.money]
    records = located.export.records
    if not sums or records is None:
        return
    have = {column.key for column in columns}
    keys = [key for key in records.key if key in have and key not in (rule.level, rule.column)]
    same = " and ".join(f"part.{key} is not distinct from record_line.{key}" for key in keys)
    wholes = [
        [reference.place_name("municipality", place.code), level, whole]
        for place in reference.municipalities()
        for level, whole in (("area", reference.place_name("area", place.area)), ("county", ""))
    ]
    connection.execute(
        f"""
        with
            whole as (
                select r[1] as name, r[2] as level, r[3] as name_of_whole
                from (select unnest($wholes::varchar[][]) as r)
            ),
            part as (
                select
                    whole.level, name_of_whole,
                    {", ".join([*keys, *(f"sum({key}) as {key}" for key in sums)])}
                from record_line
                join whole on whole.name = record_line.{rule.column}
                where role = 'data' and record_line.{rule.level} = 'municipality'
                group by {", ".join(["whole.level", "name_of_whole", *keys])}
                having count(*) > 1
            )
        update record_line
        set role = 'total'
        from part
        where role = 'data'
            and record_line.{rule.level} = part.level
            and (part.level = 'county' or record_line.{rule.column} = name_of_whole)
            and {same or "true"}
            and {" and ".join(f"part.{key} is not distinct from record_line.{key}" for key in sums)}
            and coalesce({", ".join(f"part.{key}" for key in sums)}) is not null
        """,
        {"wholes": wholes},
    )


def _named(level: str, text: str, *, single: bool) -> tuple[str, str]:
    """A place's own name and ok; a text that is no single place as it stands.

    All municipalities together are a sum where there are single ones.
    """
    place = place_named(text)
    if single and level == "municipality" and place.kind in ("total", "aside", "county"):
        return text, "total"
    if level == "municipality" and place.kind in ("unknown", "outside"):
        return text, "unknown-municipality"
    single = place.kind == level and not reference.names_all_areas(text)
    return (reference.place_name(level, place.key), "ok") if single and place.key else (text, "ok")


def _state(column: Column) -> str:
    state = f"is_{column.key}.state"
    if column.kind.stated:
        return state
    listed = ", ".join(f"'{name}'" for name in STATES)
    return f"case when {state} in ({listed}) then 'empty' else {state} end"


def place_of(column: Column, have: set[str]) -> str:
    """SQL for the municipality of a record: its own column, or the organisations that say it."""
    own = [column.key] if column.key in have else []
    others = [
        f"case when starts_with({key}, 'municipality:') then split_part({key}, ':', 2) end"
        for key in column.otherwise
        if key in have
    ]
    return f"coalesce({', '.join([*own, *others, 'null::varchar'])})"


def make_records(located: Located, connection: duckdb.DuckDBPyConnection) -> int:
    """Make `record` of the data rows; a column that the file lacks is null. Gives their number."""
    have = {column.key for column in columns_of(located)}
    chosen = ", ".join(
        part for column in located.export.columns for part in _kept(column, have, located)
    )
    connection.execute(
        f"""
        create or replace temp table record as
        select {chosen}, place.sheet, place.letters || (record_line.row + 1) as cell
        from {_added_up(located)} as record_line
        join (
            select block, any_value(sheet) as sheet, arg_min(letters, position) as letters
            from cell
            group by block
        ) as place using (block)
        where role = 'data' {_within(located, have)}
        order by block, row
        """
    )
    if located.export.cases:
        _forget(located, connection)
    row = connection.execute("select count(*) from record").fetchone()
    return int(row[0]) if row else 0


def _added_up(located: Located) -> str:
    """SQL for the records, with those that are parts of one whole added up."""
    records = located.export.records
    if records is None or not any(block.part_columns for block in located.blocks):
        return "record_line"
    columns = columns_of(located)
    keys = [column.key for column in columns if column.key in records.key]
    chosen = []
    for column in columns:
        key, good = column.key, f"bool_and({column.key}_state = 'ok')"
        if column.kind.stated:
            other = f"min({key}_state) filter ({key}_state <> 'ok')"
            chosen.append(f"case when {good} then sum({key}) end as {key}")
            chosen.append(f"case when {good} then 'ok' else {other} end as {key}_state")
        else:
            if key not in keys:
                chosen.append(f"first({key} order by row) as {key}")
            chosen.append(f"first({key}_state order by row) as {key}_state")
        if column.kind.money:
            chosen.append(f"bool_or({key}_lower) as {key}_lower")
    by = ", ".join(["block", *keys])
    return f"""(
        select min(row) as row, 'data' as role, {", ".join([by, *chosen])}
        from record_line
        where role = 'data'
        group by {by}
    )"""


def _forget(located: Located, connection: duckdb.DuckDBPyConnection) -> None:
    """Leave nothing of cases but their records: they are many, and have texts beside."""
    connection.execute("drop view entry; drop table record_line")
    for column in columns_of(located):
        connection.execute(f"drop table is_{column.key}")
    for table in {block.sheet.table for block in located.blocks}:
        connection.execute(f"drop table {table}")


def _within(located: Located, have: set[str]) -> str:
    """Records of other counties, or of no municipality, are not kept."""
    places = [
        column.key
        for column in located.export.columns
        if column.kind in (kinds.MUNICIPALITY, kinds.PLACE) and column.key in have
    ]
    unplaced = [
        f"and {place_of(column, have)} is not null"
        for column in located.export.columns
        if column.otherwise and column.key not in have
    ]
    inside = (f"and {key}_state not in ('outside-county', 'aside')" for key in places)
    return " ".join([*inside, *unplaced])


def _kept(column: Column, have: set[str], located: Located) -> list[str]:
    key = column.key
    if column.otherwise:
        return [f"{place_of(column, have)} as {key}"]
    if key not in have:
        kind = "double" if column.kind.stated else "varchar"
        kind = "date" if column.kind is kinds.DATE else kind
        missing = [f"null::{kind} as {key}"]
        if column.kind.stated:
            missing.append(f"'empty' as {key}_state")
        if column.kind.money:
            missing += [f"false as {key}_lower", f"null::varchar as {key}_cell"]
        return missing
    value = f"{key}::date" if column.kind is kinds.DATE else key
    kept = [f"case when {key}_state = 'ok' then {value} end as {key}"]
    if column.kind.stated:
        kept.append(f"{key}_state")
    if column.kind.money:
        letters = f"(select letters from cell where block = record_line.block and key = '{key}')"
        kept += [f"{key}_lower", f"{letters} || (record_line.row + 1) as {key}_cell"]
    return kept
