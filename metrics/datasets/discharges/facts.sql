-- The facts about discharges that are in force, one row per load, place and care form.
-- A measure is null unless it is known; its state is null where it was not delivered at all.

create or replace temp table part_fact as
select discharge.*
from discharge
join municipality_owner as owner using (period, municipality, load_id)
where owner.dataset = 'discharges';

create or replace temp table part as
select
    load_id, period, municipality, hospital, care_form,
    max(value) filter (where measure = 'discharges') as discharges,
    max(state) filter (where measure = 'discharges') as discharges_state,
    max(value) filter (where measure = 'ready_days') as ready_days,
    max(state) filter (where measure = 'ready_days') as ready_days_state,
    max(value) filter (where measure = 'same_day') as same_day,
    max(state) filter (where measure = 'same_day') as same_day_state,
    max(value) filter (where measure = 'over_3') as over_3,
    max(state) filter (where measure = 'over_3') as over_3_state,
    max(value) filter (where measure = 'over_7') as over_7,
    max(state) filter (where measure = 'over_7') as over_7_state,
    max(value) filter (where measure = 'before_notice') as before_notice,
    max(state) filter (where measure = 'before_notice') as before_notice_state
from part_fact
group by all;
