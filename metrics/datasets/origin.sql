-- The cells that a number is made of: load, sheet, cells in the file's order. `told` is a dataset's.
-- No cells where a place has as many as it had parts (hospitals, forms of care) to count somebody in:
-- how many they are would be a floor under a number that is hidden, whichever of them are told.

with
    told as ({cells}),
    even as (
        select load_id
        from (
            select load_id, place, count(distinct part) as parts
            from told
            group by load_id, place
        )
        join (select load_id, count(distinct part) as every from told group by load_id)
            using (load_id)
        group by load_id
        having bool_and(parts = every) and (count(*) > 1 or any_value(every) = 1)
    )
select
    load_id, sheet,
    case when load_id in (from even) then list(cell order by length(cell), cell) else [] end
from told
where here
group by load_id, sheet
order by load_id, sheet
