"""How values of other indicators are written."""

from collections.abc import Mapping

from metrics.datasets.dataset import Writing

WRITING: Mapping[bool, Writing] = {
    False: Writing(
        tables={
            "indicator_value": """
                select
                    indicator, period, split_part(place, ':', 1) as level,
                    substr(place, instr(place, ':') + 1) as place,
                    numerator, numerator_state, denominator, denominator_state, value, value_state,
                    sheet, cell
                from record
            """,
        },
        spoken="""
            select
                period, concat_ws(' | ', indicator, place) as subject, 0 as fineness
            from record
        """,
    ),
}
