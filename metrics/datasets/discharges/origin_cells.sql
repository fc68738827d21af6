-- The cells that a number is made of: load, sheet, cells in the file's order.

select load_id, sheet, list(cell order by length(cell), cell)
from discharge
join municipality_owner as owner using (period, municipality, load_id)
where period = $period
    and dataset = 'discharges'
    and list_contains($codes, municipality)
    and ($level <> 'hospital' or hospital = $place)
    and ($part is null or care_form = $part)
    and list_contains($measures, measure)
    and cell is not null
group by load_id, sheet
order by load_id, sheet
