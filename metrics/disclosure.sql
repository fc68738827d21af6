-- What readers see of the cube. The pattern is worked out once, when a version is published, and is
-- the same for everybody: pages, files and the command line read `shown`, never `cube`.

create table if not exists disclosure_period (
    dataset varchar not null,
    period varchar not null,
    -- Of everything that the pattern depends on; while it stays, so does the pattern.
    fingerprint varchar not null
);

create table if not exists disclosure_hidden (
    indicator varchar not null,
    period varchar not null,
    level varchar not null,
    place varchar not null,
    "within" varchar not null,
    care_form varchar not null,
    -- All of the row is hidden; otherwise only its denominator, beside days that are 0.
    whole boolean not null
);

create or replace view shown as
select
    cube.* replace (
        case when not coalesce(whole, false) then numerator end as numerator,
        case when whole is null then denominator end as denominator,
        case when not coalesce(whole, false) then value end as value,
        case when whole then 'confidential' else status end as status
    )
from cube
left join disclosure_hidden using (indicator, period, level, place, "within", care_form);
