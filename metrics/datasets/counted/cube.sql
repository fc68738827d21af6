-- One indicator into the cube. Placeholders are expressions over the measures of `part`.

insert into cube by name
with
    unit as (
        select
            load_id, period, part.municipality, area, hospital, parts, population,
            {numerator} as numerator,
            {denominator} as denominator,
            units,
            case when {known} then 'ok' when {hidden} then 'confidential' else 'missing' end as state
        from part
        join home using (municipality)
        left join people
            on people.municipality = part.municipality
            and people.year = left(part.period, 4)::integer
        where {delivered}
    ),
    sliced as (
        select *, 'alla' as slice from unit
        union all
        select *, unnest(parts) as slice from unit
    ),
    -- How many periods have so many that nobody at all is out of the question (Poisson, 0.1 %). Not
    -- their mean: by that, what is shown of a period would say something of hidden counts in others.
    busy as (
        select slice, municipality, count(*) as periods
        from (
            select slice, municipality
            from sliced
            group by slice, municipality, period
            having sum(units) >= 7
        )
        group by slice, municipality
    ),
    spoken as (
        select distinct load_id, period, slice, subject as municipality
        from sliced
        join (select distinct load_id, subject from claim) using (load_id)
    ),
    -- A load that lists only what occurred has reported a municipality also where it has no rows,
    -- unless it has so many in more than every other period that is spoken of. Of one without any
    -- row in the period that is asked of all parts together: none of them has been reported.
    quiet as (
        select distinct spoken.period, spoken.slice, spoken.municipality
        from spoken
        join (
            select municipality, count(distinct period) as periods from spoken group by municipality
        ) as reach using (municipality)
        left join (select distinct period, municipality from sliced) as listed
            using (period, municipality)
        left join busy
            on busy.slice = if(listed.period is null, 'alla', spoken.slice)
            and busy.municipality = spoken.municipality
        where 2 * coalesce(busy.periods, 0) <= reach.periods
            and not exists (
                from owner
                where owner.dataset = $dataset
                    and owner.period = spoken.period
                    and owner.subject = spoken.municipality
                    and owner.load_id <> spoken.load_id
            )
    ),
    municipal as (
        select
            period, slice, municipality, area,
            {municipal_numerator} as numerator,
            {municipal_denominator} as denominator,
            count(*) filter (where state = 'ok') as known,
            count(*) as parts,
            bool_or(state = 'confidential') as hidden
        from sliced
        group by period, slice, municipality, area
    ),
    expected as (
        select area, count(*) as expected
        from home
        group by rollup (area)
    ),
    wider as (
        select
            period, slice, area,
            -- Numerator and denominator are of the same places.
            sum(numerator) filter (where known > 0) as numerator,
            sum(denominator) filter (where known > 0) as denominator,
            sum(known) as known,
            count(*) filter (where known = parts) as whole,
            count(*) filter (where {reported}) as reported,
            count(*) as places,
            bool_or(hidden) as hidden
        from municipal
        group by grouping sets ((period, slice, area), (period, slice))
    ),
    silent as (
        select
            quiet.period, quiet.slice, area,
            count(*) as places,
            {silent_denominator} as denominator
        from quiet
        join home using (municipality)
        left join people
            on people.municipality = quiet.municipality
            and people.year = left(quiet.period, 4)::integer
        where not exists (
            from municipal
            where municipal.period = quiet.period
                and municipal.slice = quiet.slice
                and municipal.municipality = quiet.municipality
        )
        group by grouping sets ((quiet.period, quiet.slice, area), (quiet.period, quiet.slice))
    ),
    hospitals as (
        select
            period, slice, hospital, area,
            sum(numerator) filter (where state = 'ok') as numerator,
            sum(denominator) filter (where state = 'ok') as denominator,
            count(*) filter (where state = 'ok') as known,
            count(*) as parts,
            bool_or(state = 'confidential') as hidden
        from sliced
        where hospital is not null
        group by grouping sets ((period, slice, hospital, area), (period, slice, hospital))
    ),
    levels as (
        select
            period, slice, 'municipality' as level, municipality as place, area as "within",
            numerator, denominator, known, known = parts as whole, hidden,
            ({reported})::integer as reported, 1 as expected
        from municipal
        union all
        select
            wider.period, wider.slice,
            case when wider.area is null then 'county' else 'area' end as level,
            coalesce(wider.area, 'lan') as place,
            'lan' as "within",
            numerator,
            wider.denominator + coalesce(silent.denominator, 0) as denominator,
            known,
            whole + coalesce(silent.places, 0) = expected as whole,
            hidden,
            reported + coalesce(silent.places, 0) as reported,
            expected
        from wider
        join expected on expected.area is not distinct from wider.area
        left join silent
            on silent.period = wider.period
            and silent.slice = wider.slice
            and silent.area is not distinct from wider.area
        union all
        select
            period, slice, 'hospital' as level, hospital as place,
            coalesce(area, 'lan') as "within",
            numerator, denominator, known, known = parts as whole, hidden,
            (known = parts)::integer as reported, 1 as expected
        from hospitals
    ),
    valued as (
        select *, case when known > 0 then {value} end as value
        from levels
        where list_contains($levels, level)
    )
select
    $indicator as indicator, period, level, place, "within", slice as part,
    case when known > 0 then numerator end as numerator,
    case when known > 0 then denominator end as denominator,
    value,
    case
        when known = 0 and hidden then 'confidential'
        when value is null then 'missing'
        when whole then 'ok'
        else 'partial'
    end as status,
    reported,
    expected
from valued;
