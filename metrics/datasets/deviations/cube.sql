-- One indicator of deviations into the cube. Placeholders are expressions over `deviation_view`.
-- A place that is spoken of has 0 where it has no rows; single processes have only their rows.

insert into cube by name
with
    told as (
        from deviation_spoken
        left join people
            on people.municipality = deviation_spoken.municipality
            and people.year = left(period, 4)::integer
        -- What is withheld is in no sum, and its inhabitants are in no rate.
        select deviation_spoken.*, case when not withheld then population end as population
        where cases or not $cases
    ),
    size as (
        select
            case
                when municipality is not null then 'municipality'
                when area is not null then 'area'
                else 'county'
            end as level,
            coalesce(municipality, area, 'lan') as place,
            count(*) as expected
        from home
        group by grouping sets ((municipality), (area), ())
    ),
    spoken_place as (
        select
            period,
            case
                when municipality is not null then 'municipality'
                when area is not null then 'area'
                else 'county'
            end as level,
            coalesce(municipality, area, 'lan') as place,
            case when municipality is null then 'lan' else any_value(told.area) end as "within",
            -- Of the places that are spoken of, as what is counted is.
            sum(population) as population,
            count(*) filter (where whole) as reported
        from told
        group by grouping sets ((period, municipality), (period, area), (period))
    ),
    seen as (
        select *, unnest(['alla', process]) as part
        from deviation_view
        where cases or not $cases
    ),
    -- Of whom no number is known in a part: they are in no sum of it, so in no rate, and have not
    -- reported it.
    unheard as (
        select
            period, level, place, "within", part,
            sum(population) as inhabitants, count(*) filter (where whole) as municipalities
        from (
            select period, level, place, "within", part, municipality
            from seen
            where withheld is null
            group by all
            having not bool_or(state = 'ok')
        )
        join told using (period, municipality)
        group by all
    ),
    heard as (
        select
            seen.*,
            nullif(spoken_place.population - coalesce(inhabitants, 0), 0) as population,
            coalesce(reported, 0) - coalesce(municipalities, 0) as reported
        from seen
        left join spoken_place using (period, level, place, "within")
        left join unheard using (period, level, place, "within", part)
    ),
    counted as (
        select
            period, level, place, "within", part,
            {numerator} as numerator,
            {denominator} as denominator,
            {value} as value,
            any_value(reported) as reported,
            bool_and(state = 'ok') as known,
            bool_or(state = 'confidential') as hidden,
            bool_and(coalesce(withheld, false)) as withheld
        from heard
        group by period, level, place, "within", part
    ),
    timed as (
        select counted.* replace ({timed} as value)
        from counted
        left join half_answered using (period, level, place, "within", part)
    ),
    silent as (
        select
            period, level, place, "within", 'alla' as part,
            case when $counts then 0 end as numerator,
            case when $rate then population end as denominator,
            case when $counts then 0 end as value,
            reported,
            true as known, false as hidden, false as withheld
        from spoken_place
        anti join counted using (period, level, place)
    ),
    -- A hospital is as whole as the quarter is in all that is spoken of.
    quarter as (
        select period, bool_and(whole) as whole from told group by period
    )
select
    $indicator as indicator, period, level, place, "within", part,
    numerator, denominator, value,
    case
        when value is null and hidden then 'confidential'
        when value is null then 'missing'
        when known and case when level = 'hospital' then whole else reported = expected end
        then 'ok'
        else 'partial'
    end as status,
    case when level = 'hospital' then whole::integer else reported end as reported,
    coalesce(expected, 1) as expected
from (from timed union all by name from silent)
join quarter using (period)
left join size using (level, place)
where list_contains($levels, level)
    -- Which process it was is not told.
    and not (withheld and part <> 'alla');
