-- One other indicator into the cube: what was delivered, and sums of the municipalities for areas,
-- and of them or else of the areas for the county, where these were not delivered themselves.

insert into cube by name
with
    given as (
        select
            period, level, place, home_area as area,
            {numerator} as numerator,
            {denominator} as denominator,
            case when value_state = 'ok' then value end as stated,
            'confidential' in (numerator_state, denominator_state, value_state) as hidden
        from delivered
        where indicator = $indicator
    ),
    unit as (
        select *, coalesce({value}, stated) as value, {whole} as summed from given
    ),
    sums as (
        select
            period, 'area' as level, area as place,
            sum(numerator) filter (where summed) as numerator,
            sum(denominator) filter (where summed) as denominator,
            count(*) filter (where summed) as reported,
            (select count(*) from home where home.area = unit.area) as expected,
            bool_or(hidden) as hidden
        from unit
        where level = 'municipality'
        group by period, area
        union all
        select
            period, 'county', 'lan',
            sum(numerator) filter (where summed),
            sum(denominator) filter (where summed),
            count(*) filter (where summed),
            case
                when level = 'municipality' then (select count(*) from home)
                else (select count(distinct area) from home)
            end,
            bool_or(hidden)
        from unit
        where level in ('municipality', 'area')
        group by period, level
        qualify row_number() over (partition by period order by level desc) = 1
    ),
    valued as (
        select
            period, level, place, coalesce(area, 'lan') as "within", numerator, denominator, value,
            (value is not null)::integer as reported, 1 as expected, hidden
        from unit
        union all by name
        select
            period, level, place, 'lan' as "within", numerator, denominator,
            {value} as value, reported, expected, hidden
        from sums
        anti join unit using (period, level, place)
        where $adds and reported > 0
    )
select
    $indicator as indicator, period, level, place, "within", 'alla' as part,
    numerator, denominator, value,
    case
        when value is null and hidden then 'confidential'
        when value is null then 'missing'
        when reported = expected then 'ok'
        else 'partial'
    end as status,
    reported, expected
from valued
where list_contains($levels, level);
