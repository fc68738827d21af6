-- One indicator of deliveries into the cube: a share of the municipalities' periods.

insert into cube by name
with
    summed as (
        select
            period,
            case
                when municipality is not null then 'municipality'
                when area is not null then 'area'
                else 'county'
            end as level,
            coalesce(municipality, area, 'lan') as place,
            case when municipality is null then 'lan' else area end as "within",
            sum({numerator})::double as numerator,
            sum({denominator})::double as denominator,
            count(*) as expected
        from expected_delivery
        group by grouping sets ((period, area, municipality), (period, area), (period))
    )
select
    $indicator as indicator, period, level, place, "within", 'alla' as part, numerator, denominator,
    {per} * numerator / nullif(denominator, 0) as value,
    case when denominator > 0 then 'ok' else 'missing' end as status,
    expected as reported,
    expected
from summed
where list_contains($levels, level);
