-- What was to have come, a row for each period due and municipality, and how it came. A correction
-- is a second load that speaks of the same, or one that was taken back.

create or replace temp table expected_delivery as
with
    spoken as (
        select
            period, subject as municipality, min(loaded_at)::date as first,
            count(distinct load_id) > 1 or count(withdrawn_at) > 0 as changed
        from claim
        join load using (load_id)
        where dataset = $dataset and not demo
        group by period, subject
    )
select
    due_period.period, home.municipality, area,
    1 as due,
    (first is not null)::integer as came,
    coalesce(first <= day, false)::integer as in_time,
    coalesce(changed, false)::integer as corrected
from due_period
cross join home
left join spoken
    on spoken.period = due_period.period
    and spoken.municipality = home.municipality;
