-- The cells of a period: place and part of each, and whether the number is made of it (origin.sql).
-- `parts` are what a row is one of.

select
    load_id, sheet, cell, municipality as place, hash(hospital, parts) as part,
    list_contains($codes, municipality)
    and ($level <> 'hospital' or hospital = $place)
    and ($part is null or list_contains({parts}, $part))
    and withheld.measure is null as here
from counted
join municipality_owner as owner using (period, municipality, load_id)
left join withheld using (dataset, period, municipality, measure)
where period = $period
    and owner.dataset = $dataset
    and list_contains($measures, counted.measure)
    and cell is not null
