-- The cells that a number is made of: load, sheet, cells in the file's order.

select indicator_value.load_id, sheet, list(cell order by length(cell), cell)
from indicator_value
semi join (from owner where dataset = 'indicators') as held
    on held.load_id = indicator_value.load_id
    and held.period = indicator_value.period
    and held.subject = concat_ws(
        ' | ', indicator_value.indicator,
        indicator_value.level || ':' || indicator_value.place
    )
where period = $period
    and indicator = $indicator
    and (
        level = $level and place = $place
        or level = 'municipality' and list_contains($codes, place)
    )
    and cell is not null
group by indicator_value.load_id, sheet
order by indicator_value.load_id, sheet
