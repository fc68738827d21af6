-- How many single rows of each load a number is made of.

select load_id, sum(cases)::bigint
from case_source
where period = $period
    and level = $level
    and place = $place
    and ("within" = $within or level = 'municipality')
    and ($part is null or process = $part)
group by load_id
order by load_id
