-- The series as they are shown, with what their readings would be made from.

create or replace temp table series_now as
select
    indicator, level, place, "within", part,
    list(period order by period) as periods,
    list(value order by period) as numbers,
    list(coalesce(numerator, 'nan') order by period) as tops,
    list(coalesce(denominator, 'nan') order by period) as bottoms,
    md5(
        $method || string_agg(
            concat_ws('|', period, value, numerator, denominator), ';' order by period
        )
    ) as fingerprint
from shown
where value is not null and indicator in (select unnest($indicators::varchar[]))
group by all
having count(*) >= 2;

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
