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
    )
select
    indicator, level, place, "within", part,
    list(period order by period) filter (where whole) as periods,
    list(value order by period) filter (where whole) as numbers,
    list(coalesce(numerator, 'nan') order by period) filter (where whole) as tops,
    list(coalesce(denominator, 'nan') order by period) filter (where whole) as bottoms,
    count(*) filter (where status = 'confidential') as hidden,
    md5(
        $method || hidden || string_agg(
            concat_ws('|', period, value, numerator, denominator), ';' order by period
        ) filter (where whole)
    ) as fingerprint
from judged
group by all
having count(*) filter (where whole) >= 2;

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
