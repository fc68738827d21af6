-- The cells of a quarter: place and part of each, and whether the number is made of it (origin.sql).

select
    load_id, sheet, cell, municipality as place, hash(process) as part,
    $level <> 'hospital'
    and list_contains($codes, municipality)
    and ($part is null or process = $part) as here
from deviation_count
join municipality_owner as owner using (period, municipality, load_id)
where period = $period
    and dataset = 'deviations'
    and list_contains($measures, 'deviations')
    and cell is not null
