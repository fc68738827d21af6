-- The cells of a year that the number is made of (origin.sql).

select fund_amount.load_id, sheet, cell, recipient as place, 0 as part, true as here
from fund_amount
semi join (from owner where dataset = 'funds') as held
    on held.load_id = fund_amount.load_id
    and held.period = fund_amount.period
    and held.subject
        = concat_ws(' | ', fund_amount.programme, fund_amount.level, fund_amount.recipient)
where period = $period
    and programme = $part
    and $place in (recipient, programme)
    and list_contains($measures, measure)
    and cell is not null
