-- One version of the warehouse. Facts carry the load that brought them and where they stood.

create table load (
    load_id integer primary key,
    dataset varchar not null,
    export varchar not null,
    file varchar not null,
    sha256 varchar not null,
    bytes bigint not null,
    loaded_at timestamp not null,
    loaded_by varchar not null,
    rows bigint not null,
    first_period varchar not null,
    last_period varchar not null,
    -- The user has said that this load replaces finer ones.
    forced boolean not null,
    demo boolean not null,
    archived boolean not null,
    withdrawn_at timestamp,
    withdrawn_by varchar,
    withdrawn_reason varchar
);

-- Which periods and municipalities a load speaks of, and how finely:
-- 2 single cases, 1 per hospital, 0 per municipality.
create table claim (
    load_id integer not null,
    period varchar not null,
    municipality varchar not null,
    fineness integer not null
);

create table discharge (
    load_id integer not null,
    period varchar not null,
    municipality varchar not null,
    hospital varchar,
    care_form varchar,
    measure varchar not null,
    value double,
    -- ok, missing, not-applicable or confidential; value is null unless it is ok.
    state varchar not null,
    sheet varchar,
    cell varchar
);

-- Stays by whole days of waiting; days is null for discharges before notice.
create table discharge_days (
    load_id integer not null,
    period varchar not null,
    municipality varchar not null,
    hospital varchar not null,
    care_form varchar not null,
    days bigint,
    stays bigint not null
);

-- Exactly one load owns each period and municipality of a dataset: the newest, but a coarser one
-- does not replace a finer one unless the user has said so. The order of loads decides, so that
-- withdrawing one brings back what it had covered.
create view owner as
with
    active as (
        select load_id, dataset, forced, period, municipality, fineness
        from claim
        join load using (load_id)
        where withdrawn_at is null
    ),
    since_forced as (
        select *,
            max(case when forced then load_id else 0 end)
                over (partition by dataset, period, municipality) as last_forced
        from active
    )
select dataset, period, municipality, load_id, fineness
from since_forced
where load_id >= last_forced
qualify row_number() over (
    partition by dataset, period, municipality
    order by fineness desc, load_id desc
) = 1;

-- Every indicator, period, level and place, computed when a version is published.
create table cube (
    indicator varchar not null,
    period varchar not null,
    level varchar not null,
    place varchar not null,
    -- The area whose residents are counted; lan for everybody.
    "within" varchar not null,
    care_form varchar not null,
    numerator double,
    denominator double,
    value double,
    status varchar not null,
    reported integer not null,
    expected integer not null
);
