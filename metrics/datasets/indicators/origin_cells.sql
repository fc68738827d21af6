-- The cells of a period: place of each, and whether the number is made of it (origin.sql).

select
    indicator_value.load_id, sheet, cell, level || place as place, 0 as part,
    level = $level and place = $place
    or level = 'municipality' and list_contains($codes, place) as here
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
    and cell is not null
