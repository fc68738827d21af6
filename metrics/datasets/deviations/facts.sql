-- The deviations that are in force, and once for every place that they are seen from.
-- What is withheld (late.py) is as if it had been delivered as confidential. A case is the newest load's; where counts own a quarter and municipality they stand instead.

create or replace temp table kept_out as
select distinct period, municipality from withheld where dataset = 'deviations';

create or replace temp table case_known as
with newest as (
    select
        deviation_case.*, as_of,
        year(registered) || '-K' || quarter(registered) as period
    from deviation_case
    join load using (load_id)
    join deviation_extent using (load_id)
    where withdrawn_at is null
    qualify row_number() over (partition by lower(case_number) order by load_id desc) = 1
)
select
    newest.* exclude (severity, status, sheet, cell) replace (coalesce(process, 'Ej angiven') as process),
    home.area,
    -- Measured in calendar months: a case of 31 December is to be answered by 28 February.
    -- Younger cases are no part of either: those answered so soon would be all that counts of them.
    as_of > registered + interval 2 month as due,
    due and answered is not null and answered <= registered + interval 2 month as in_time,
    case when answered is not null then greatest(0, answered - registered) end as answer_days,
    case when answered is null then greatest(0, as_of - registered) end as waiting_days,
    -- The one age that every whole quarter has: its last day. Before that nobody knows.
    last_day(date_trunc('quarter', registered) + interval 2 month) as ends,
    case when as_of >= ends then closed is null or closed > ends end as open_at_end
from newest
join municipality_owner as owner using (period, municipality)
join home using (municipality)
where owner.dataset = 'deviations' and owner.fineness <> 1;

create or replace temp table case_now as
from case_known anti join kept_out using (period, municipality);

create or replace temp table count_known as
select deviation_count.* replace (coalesce(process, 'Ej angiven') as process), home.area
from deviation_count
join municipality_owner as owner using (period, municipality, load_id)
join home using (municipality)
where owner.dataset = 'deviations';

create or replace temp table count_now as
from count_known anti join kept_out using (period, municipality);

create or replace temp table deviation_spoken as
select
    period, municipality, area, fineness <> 1 as cases,
    fineness > 0 and kept_out.period is null as whole, kept_out.period is not null as withheld
from municipality_owner
join home using (municipality)
left join kept_out using (period, municipality)
where dataset = 'deviations';

-- What each municipality has, as late.py asks of it. The numbers of a quarter are final once it has
-- been covered whole: until then all of them grow with every export.
create or replace temp table part_fact as
select
    known.* exclude (value, state), 'deviations' as measure, value, state,
    kept_out.period is not null as withheld, final
from (
    select load_id, period, municipality, 1 as value, 'ok' as state from case_known
    union all by name
    select load_id, period, municipality, value, state from count_known
    union all by name
    select load_id, period, municipality, 0 as value, 'ok' as state
    from municipality_owner
    anti join case_known using (period, municipality)
    anti join count_known using (period, municipality)
    where dataset = 'deviations'
) as known
left join kept_out using (period, municipality)
join (
    select period, bool_and(fineness > 0) as final
    from municipality_owner
    where dataset = 'deviations'
    group by period
) using (period);

-- Whom a case is between, and the areas that see it: that of its municipality, and those of other
-- municipalities and of hospitals that do not serve it.
create or replace temp table case_side as
select distinct case_number, area, side.level, side.name
from (
    select
        case_number, area,
        unnest([
            {level: sender_level, name: sender}, {level: receiver_level, name: receiver}
        ]) as side
    from case_now
)
where side.level is not null;

create or replace temp table case_area as
select case_number, area from case_now
union
select case_number, home.area
from case_side
join home on level = 'municipality' and home.municipality = name
union
select
    case_number,
    case when list_contains(served, case_side.area) then case_side.area else served[1] end
from case_side
join hospital_home on level = 'hospital' and hospital = name;

create or replace temp view deviation_view as
with
    counted as (
        select
            period, municipality, area, process, case_number, load_id, true as cases,
            1 as deviations, in_time::integer as answered_in_time, due::integer as answer_due,
            (closed is null)::integer as open_cases, open_at_end::integer as open_at_end,
            answer_days, waiting_days, 'ok' as state
        from case_now
        union all by name
        select
            period, municipality, area, process, false as cases, value as deviations, state
        from count_now
        union all by name
        select
            period, municipality, area, 'Ej angiven' as process, true as cases,
            'confidential' as state, true as withheld
        from kept_out
        join home using (municipality)
    ),
    hospital as (
        select distinct case_number, name from case_side where level = 'hospital'
    )
select *, 'county' as level, 'lan' as place, 'lan' as "within" from counted
union all by name
select *, 'municipality' as level, municipality as place, area as "within" from counted
union all by name
select counted.* replace (coalesce(case_area.area, counted.area) as area), 'area' as level,
    coalesce(case_area.area, counted.area) as place, 'lan' as "within"
from counted
left join case_area using (case_number)
union all by name
select counted.*, 'hospital' as level, name as place, 'lan' as "within"
from counted
join hospital using (case_number)
union all by name
select counted.*, 'hospital' as level, name as place, case_area.area as "within"
from counted
join hospital using (case_number)
join case_area using (case_number);

-- The day by which half of a place's cases have been answered (Kaplan and Meier 1958): one without
-- an answer counts as waiting until its file was made. Where all are answered it is their median;
-- none while more than half wait.
create or replace temp table half_answered as
with
    waited as (
        select
            period, level, place, "within", unnest(['alla', process]) as part,
            coalesce(answer_days, waiting_days) as days, answer_days is null as waiting
        from deviation_view
        where cases and withheld is null
    ),
    numbered as (
        select *, count(*) over together - row_number() over in_turn + 1 as at_risk
        from waited
        window
            together as (partition by period, level, place, "within", part),
            in_turn as (partition by period, level, place, "within", part order by days, waiting)
    ),
    curve as (
        select
            *,
            product(case when waiting then 1 else 1 - 1 / at_risk end) over (
                partition by period, level, place, "within", part
                order by at_risk desc
            ) as unanswered
        from numbered
    )
select
    period, level, place, "within", part,
    min(days) filter (where not waiting and unanswered < 0.5 + 1e-9) as reached,
    -- Exactly half: in the middle between that day and the next answer's, as a median is.
    min(days) filter (where not waiting and unanswered < 0.5 - 1e-9) as passed,
    (reached + coalesce(passed, reached)) / 2 as half
from curve
group by all;
