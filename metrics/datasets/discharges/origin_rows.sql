-- How many single rows of each load a number is made of.

select load_id, sum(stays)::bigint
from discharge_days
join municipality_owner as owner using (period, municipality, load_id)
where period = $period
    and dataset = 'discharges'
    and list_contains($codes, municipality)
    and ($level <> 'hospital' or hospital = $place)
    and ($part is null or care_form = $part)
group by load_id
order by load_id
