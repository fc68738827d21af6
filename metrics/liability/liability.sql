-- The stays in force by month, municipality and care form, as betalningsansvar needs them.
-- A part whose discharges or days are not known counts in `unknown` only, as it does in the mean.

with
    part as (
        select
            load_id, period, municipality, hospital, care_form,
            max(value) filter (where measure = 'discharges') as discharges,
            max(value) filter (where measure = 'ready_days') as days,
            max(value) filter (where measure = 'over_7') as long_stays
        from discharge
        join municipality_owner as owner using (period, municipality, load_id)
        where owner.dataset = $dataset
            and period between $start and $end
        group by all
    ),
    -- Only a load of single stays has lengths; there a stay is as long as it is, never unknown.
    stay as (
        select period, municipality, care_form, days, sum(stays)::bigint as stays
        from discharge_days
        join municipality_owner as owner using (period, municipality, load_id)
        where owner.dataset = $dataset
            and days is not null
            and period between $start and $end
        group by all
    ),
    lengths as (
        select period, municipality, care_form, list([days, stays]) as lengths
        from stay
        group by all
    )
select
    period, municipality, care_form,
    coalesce(sum(discharges) filter (where days is not null), 0) as discharges,
    coalesce(sum(days) filter (where discharges is not null), 0) as days,
    case
        when bool_and(discharges is null or days is null or long_stays is not null)
        then coalesce(sum(long_stays) filter (where discharges is not null), 0)
    end as long_stays,
    any_value(lengths) as lengths,
    count(*) filter (where discharges is null or days is null) as unknown
from part
left join lengths using (period, municipality, care_form)
group by period, municipality, care_form
order by period, municipality, care_form;
