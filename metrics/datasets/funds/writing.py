"""How a register of funds is written."""

from collections.abc import Mapping

from metrics.datasets.dataset import Writing

WRITING: Mapping[bool, Writing] = {
    # A register owns the recipients that it lists, of a programme and year.
    False: Writing(
        tables={
            "fund": """
                select
                    row_number() over () as position, programme, year as period, level, recipient,
                    decided_on, decided_by, sheet, cell
                from record
            """,
            "fund_amount": """
                select programme, year as period, level, recipient, amount.*, sheet
                from (
                    select
                        * exclude (cell),
                        unnest([
                            {measure: 'allocated', value: allocated, state: allocated_state,
                                lower: allocated_lower, cell: allocated_cell},
                            {measure: 'ceiling', value: ceiling, state: ceiling_state,
                                lower: ceiling_lower, cell: ceiling_cell},
                            {measure: 'requisitioned', value: requisitioned,
                                state: requisitioned_state, lower: requisitioned_lower,
                                cell: requisitioned_cell},
                            {measure: 'used', value: used, state: used_state, lower: used_lower,
                                cell: used_cell}
                        ]) as amount
                    from record
                )
                where amount.state <> 'empty'
            """,
        },
        spoken="""
            select
                year as period, concat_ws(' | ', programme, level, recipient) as subject,
                0 as fineness
            from record
        """,
    ),
}
