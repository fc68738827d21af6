-- The cells that a number is made of: load, sheet, cells in the file's order.

select fund_amount.load_id, sheet, list(cell order by length(cell), cell)
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
group by fund_amount.load_id, sheet
order by fund_amount.load_id, sheet
