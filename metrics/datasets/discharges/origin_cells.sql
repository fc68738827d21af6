-- The cells of a month: place and part of each, and whether the number is made of it (origin.sql).

select
    load_id, sheet, cell, municipality as place, hash(hospital, care_form) as part,
    list_contains($codes, municipality)
    and ($level <> 'hospital' or hospital = $place)
    and ($part is null or care_form = $part)
    and withheld.measure is null as here
from discharge
join municipality_owner as owner using (period, municipality, load_id)
left join withheld using (dataset, period, municipality, measure)
where period = $period
    and owner.dataset = 'discharges'
    and list_contains($measures, discharge.measure)
    and cell is not null
