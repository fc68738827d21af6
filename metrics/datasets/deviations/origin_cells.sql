-- The cells that a number is made of: load, sheet, cells in the file's order.

select load_id, sheet, list(cell order by length(cell), cell)
from deviation_count
join municipality_owner as owner using (period, municipality, load_id)
where period = $period
    and dataset = 'deviations'
    and $level <> 'hospital'
    and list_contains($codes, municipality)
    and ($part is null or process = $part)
    and list_contains($measures, 'deviations')
    and cell is not null
group by load_id, sheet
order by load_id, sheet
