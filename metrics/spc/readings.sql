-- The series as they are shown, with what their readings would be made from: whole values only,
-- since one that lacks a part is no point of the same series.

create or replace temp table series_now as
with
    judged as (
        select
            *,
            value is not null and status = 'ok' as whole
        from shown
        where indicator in (select unnest($indicators::varchar[]))
    ),
    -- Sorted once collected: an aggregate that sorts holds memory of its own for each series.
    collected as (
        select
            indicator, level, place, "within", part,
            list_sort(
                list(
                    {'period': period, 'value': value, 'top': numerator, 'bottom': denominator}
                ) filter (where whole)
            ) as points,
            count(*) filter (where status = 'confidential') as hidden
        from judged
        group by all
    )
select
    indicator, level, place, "within", part,
    list_transform(points, lambda one: one.period) as periods,
    list_transform(points, lambda one: one.value) as numbers,
    list_transform(points, lambda one: coalesce(one.top, 'nan')) as tops,
    list_transform(points, lambda one: coalesce(one.bottom, 'nan')) as bottoms,
    hidden,
    md5(
        $method || hidden || array_to_string(
            list_transform(
                points,
                lambda one: concat_ws('|', one.period, one.value, one.top, one.bottom)
            ),
            ';'
        )
    ) as fingerprint
from collected
where len(points) >= 2;

delete from reading
where not exists (
    from series_now as now
    join reading_series as before using (indicator, level, place, "within", part, fingerprint)
    where now.indicator = reading.indicator
        and now.level = reading.level
        and now.place = reading.place
        and now."within" = reading."within"
        and now.part = reading.part
);

create or replace temp table series_changed as
select series_now.*
from series_now
anti join reading_series using (indicator, level, place, "within", part, fingerprint);

delete from reading_series;

insert into reading_series by name
select indicator, level, place, "within", part, fingerprint
from series_now;
