"""How measures of the country's municipalities are written."""

from collections.abc import Mapping

from metrics.datasets.dataset import Writing

WRITING: Mapping[bool, Writing] = {
    False: Writing(
        tables={
            "country_value": """
                select
                    lower(measure) as indicator, period, code as municipality, value,
                    value_state as state, sheet, cell
                from record
            """,
        },
        spoken="""
            select period, concat_ws(' | ', lower(measure), code) as subject, 0 as fineness
            from record
        """,
    ),
}
