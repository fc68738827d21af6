-- The counts that are in force, one row per load, place and parts. A measure is null unless it is
-- known; its state is null where it was not delivered at all. `parts` are what the row is one of, by
-- each thing that it is told apart by. What is withheld (late.py) is as if delivered confidential.

create or replace temp table part_fact as
select
    load_id, period, municipality, hospital, {parts} as parts, measure, value, state,
    withheld.measure is not null as withheld, true as final
from {table} as stated
join municipality_owner as owner using (period, municipality, load_id)
left join withheld using (dataset, period, municipality, measure)
where owner.dataset = $dataset;

create or replace temp table part as
select
    load_id, period, municipality, hospital, parts,
    -- How many persons or cases the row is of, at the least.
    max(value) filter (where not withheld and not list_contains($open, measure)) as units,
    {measures}
from part_fact
group by all;
