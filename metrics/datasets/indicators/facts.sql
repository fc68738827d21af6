-- The values of other indicators that are in force, as they were delivered.

create or replace temp table delivered as
select indicator_value.*, home.area as home_area
from indicator_value
join owner
    on owner.load_id = indicator_value.load_id
    and owner.period = indicator_value.period
    and owner.subject = concat_ws(' | ', indicator, level || ':' || place)
left join home on level = 'municipality' and home.municipality = place
where owner.dataset = 'indicators';
