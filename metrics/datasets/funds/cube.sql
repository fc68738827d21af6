-- One indicator of funds into the cube. Placeholders are expressions over the amounts of `given`:
-- per recipient, per NOSAM by its key, and per programme. A sum has a lower bound where a part has.

insert into cube by name
with
    wide as (
        select
            period, programme, level, recipient, together,
            max(value) filter (where measure = 'allocated') as allocated,
            max(value) filter (where measure = 'ceiling') as ceiling,
            max(value) filter (where measure = 'requisitioned') as requisitioned,
            max(value) filter (where measure = 'used') as used,
            bool_or(measure = 'allocated') as allocated_given,
            bool_or(measure = 'ceiling') as ceiling_given,
            bool_or(measure = 'requisitioned') as requisitioned_given,
            bool_or(measure = 'used') as used_given,
            bool_or(state = 'confidential') filter (where list_contains($measures, measure))
                as hidden,
            bool_or(lower) filter (where list_contains($measures, measure)) as lower
        from amount_now
        group by period, programme, level, recipient, together
    ),
    given as (
        select
            *,
            count(*) filter (where level = 'county' and {known})
                over (partition by period, programme) as wholes,
            bool_or(together and {known}) over (partition by period, programme) as areas_together
        from wide
        where {given}
    ),
    -- What a programme's sum is made of. The county's whole is not added to its parts, nor a single
    -- area to what the areas have together; what the whole country has is no part of it.
    part as (
        from given
        where case
            when wholes = 1 then level = 'county'
            else level <> 'nation' and not (level = 'area' and not together and areas_together)
        end
    ),
    place as (
        select 'recipient' as of_level, recipient as place, given.* from given
        union all by name
        select 'nosam' as of_level, coalesce(nosam.key, recipient) as place, given.*
        from given
        left join nosam on nosam.name = recipient
        where level = 'nosam'
        union all by name
        select 'programme' as of_level, programme as place, part.* from part
    ),
    valued as (
        select
            period, of_level as level, place, programme as part,
            {numerator} as numerator,
            {denominator} as denominator,
            {value} as value,
            count(*) filter (where {known}) as reported,
            count(*) as expected,
            coalesce(bool_or(lower), false) as lower,
            coalesce(bool_or(hidden), false) as hidden
        from place
        group by period, of_level, place, programme
    )
select
    $indicator as indicator, period, level, place, 'lan' as "within", part,
    numerator, denominator, value,
    case
        when value is null and hidden then 'confidential'
        when value is null then 'missing'
        when lower then 'lower-bound'
        when reported = expected then 'ok'
        else 'partial'
    end as status,
    reported, expected
from valued
where list_contains($levels, level);
