"""How numbers of inhabitants are written."""

from collections.abc import Mapping

from metrics.datasets.dataset import Writing

WRITING: Mapping[bool, Writing] = {
    False: Writing(
        tables={
            "inhabitant": "select period, municipality, value, state, sheet, cell from fact",
        },
        spoken="""
            select distinct period, municipality as subject, 0 as fineness
            from fact
        """,
    ),
}
