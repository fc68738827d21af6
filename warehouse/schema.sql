-- One version of the warehouse. Facts carry the load that brought them and where they stood.
-- Every writer runs this first, so that a version made by an older program gets what it lacks; what
-- cannot be had by adding is in migrations.py.

-- Which number these tables have.
create table if not exists schema (
    number integer not null,
    -- A fingerprint of the statements here: a version that lacks what has been added is read through
    -- a copy that has it.
    tables varchar
);

create table if not exists load (
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
-- What every cell of the file was read as, in JSON; null of loads from before it was kept.
alter table load add column if not exists receipt varchar;

-- The highest number that a load has had in a version that was left for an older one: it is not given
-- to another.
create table if not exists load_number (
    highest integer not null
);

-- Which subjects a load speaks of in each period, and how finely. A subject is a municipality; of
-- funds the programme, level and recipient, of other indicators the indicator and place, in one text.
-- Of discharges: 2 single stays, 1 per hospital, 0 per municipality; of deviations: 2 cases, 1 counts,
-- 0 cases of part of a quarter.
create table if not exists claim (
    load_id integer not null,
    period varchar not null,
    subject varchar not null,
    fineness integer not null
);

create table if not exists discharge (
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
create table if not exists discharge_days (
    load_id integer not null,
    period varchar not null,
    municipality varchar not null,
    hospital varchar not null,
    care_form varchar not null,
    days bigint,
    stays bigint not null
);

-- A deviation as an export had it; the newest load in force of the same case number counts.
-- A level is municipality (then the code), hospital, primary_care or other (then a name).
create table if not exists deviation_case (
    load_id integer not null,
    case_number varchar not null,
    registered date not null,
    municipality varchar not null,
    sender_level varchar,
    sender varchar,
    receiver_level varchar,
    receiver varchar,
    process varchar,
    severity varchar,
    status varchar,
    answered date,
    closed date,
    sheet varchar,
    cell varchar
);

-- From which day to which a load has all cases, and until when it knows of answers.
create table if not exists deviation_extent (
    load_id integer not null,
    first_day date not null,
    last_day date not null,
    as_of date not null
);

create table if not exists deviation_count (
    load_id integer not null,
    period varchar not null,
    municipality varchar not null,
    process varchar,
    value double,
    state varchar not null,
    sheet varchar,
    cell varchar
);

-- The whole areas that a load about deviations covers, and whether the user has said so.
create table if not exists load_area (
    load_id integer not null,
    area varchar not null,
    stated boolean not null
);

-- Counts of datasets that are declared and have no tables of their own. `parts` says what a value is
-- one of, by what it is told apart by.
create table if not exists counted (
    load_id integer not null,
    period varchar not null,
    municipality varchar not null,
    hospital varchar,
    parts map(varchar, varchar) not null,
    measure varchar not null,
    value double,
    -- As in discharge.
    state varchar not null,
    sheet varchar,
    cell varchar
);

create table if not exists fund (
    load_id integer not null,
    position integer not null,
    programme varchar not null,
    period varchar not null,
    level varchar not null,
    recipient varchar not null,
    decided_on date,
    decided_by varchar,
    sheet varchar,
    cell varchar
);

-- Kronor; a lower bound where the register says "drygt".
create table if not exists fund_amount (
    load_id integer not null,
    programme varchar not null,
    period varchar not null,
    level varchar not null,
    recipient varchar not null,
    measure varchar not null,
    value double,
    state varchar not null,
    lower boolean,
    sheet varchar,
    cell varchar
);

create table if not exists inhabitant (
    load_id integer not null,
    period varchar not null,
    municipality varchar not null,
    value double,
    state varchar not null,
    sheet varchar,
    cell varchar
);

create table if not exists indicator_value (
    load_id integer not null,
    indicator varchar not null,
    period varchar not null,
    level varchar not null,
    place varchar not null,
    numerator double,
    numerator_state varchar not null,
    denominator double,
    denominator_state varchar not null,
    value double,
    value_state varchar not null,
    sheet varchar,
    cell varchar
);

-- A measure for the municipalities of the whole country, to compare an indicator with.
create table if not exists country_value (
    load_id integer not null,
    indicator varchar not null,
    period varchar not null,
    municipality varchar not null,
    value double,
    state varchar not null,
    sheet varchar,
    cell varchar
);

-- Exactly one load owns each period and subject of a dataset: the newest, but a coarser one
-- does not replace a finer one unless the user has said so. The order of loads decides, so that
-- withdrawing one brings back what it had covered.
create or replace view owner as
with
    active as (
        select load_id, dataset, forced, period, subject, fineness
        from claim
        join load using (load_id)
        where withdrawn_at is null
    ),
    since_forced as (
        select *,
            max(case when forced then load_id else 0 end)
                over (partition by dataset, period, subject) as last_forced
        from active
    )
select dataset, period, subject, load_id, fineness
from since_forced
where load_id >= last_forced
qualify row_number() over (
    partition by dataset, period, subject
    order by fineness desc, load_id desc
) = 1;

-- The owners where subjects are municipalities.
create or replace view municipality_owner as
select * rename (subject as municipality) from owner;

-- Every indicator, period, level and place, computed when a version is published.
create table if not exists cube (
    indicator varchar not null,
    period varchar not null,
    level varchar not null,
    place varchar not null,
    -- The area whose residents are counted; lan for everybody.
    "within" varchar not null,
    -- Of discharges the form of care, of deviations the process, of funds the programme; alla for all
    -- of them.
    part varchar not null,
    numerator double,
    denominator double,
    value double,
    status varchar not null,
    reported integer not null,
    expected integer not null
);

-- The rows that the cube would have instead if nothing were withheld, where they differ from it.
create table if not exists cube_whole as from cube limit 0;

-- What the facts give, whoever may see it.
create or replace view raw as
from cube_whole
union all by name
from cube anti join cube_whole using (indicator, period, level, place, "within", part);

-- The cases of a quarter that go one way, as the county or an area sees them.
create table if not exists way (
    period varchar not null,
    place varchar not null,
    sender_level varchar not null,
    sender varchar not null,
    receiver_level varchar not null,
    receiver varchar not null,
    cases bigint not null
);

-- Which loads the cases of a quarter came with, seen from each place.
create table if not exists case_source (
    period varchar not null,
    level varchar not null,
    place varchar not null,
    "within" varchar not null,
    process varchar not null,
    load_id integer not null,
    cases bigint not null
);

-- The inhabitants that rates per inhabitant are by: of every year that is known, loaded or from the
-- reference tables.
create table if not exists resident (
    municipality varchar not null,
    year integer not null,
    inhabitants integer not null
);

-- What readers see of the cube: pages, files and the command line read `shown`. What it hides is
-- worked out when a version is published, and is the same for everybody.
create table if not exists disclosure_period (
    dataset varchar not null,
    period varchar not null,
    -- Of everything that the pattern depends on; while it stays, so does the pattern.
    fingerprint varchar not null
);

create table if not exists disclosure_hidden (
    dataset varchar not null,
    indicator varchar not null,
    period varchar not null,
    level varchar not null,
    place varchar not null,
    "within" varchar not null,
    part varchar not null,
    -- All of the row is hidden; otherwise only its denominator, beside days that are 0.
    whole boolean not null
);

-- Late and corrected counts that are added to no sum, since what the sums were before would tell them.
create table if not exists withheld (
    dataset varchar not null,
    period varchar not null,
    municipality varchar not null,
    measure varchar not null
);

-- What is published at all.
create table if not exists disclosure_offer (
    indicator varchar not null,
    level varchar not null,
    -- Rows of the whole county, and of all parts (care forms, processes or programmes).
    wide boolean not null,
    whole boolean not null,
    -- Whether the value comes with what it is made of; how many a median is of is not shown.
    parts boolean not null
);

-- The numbers of the tables from whom to whom that are hidden, by the names that they stand under.
create table if not exists way_hidden (
    period varchar not null,
    place varchar not null,
    sender varchar not null,
    receiver varchar not null
);

create or replace view shown as
select
    cube.* replace (
        case when not coalesce(hidden.whole, false) then numerator end as numerator,
        case when hidden.whole is null and parts then denominator end as denominator,
        case when not coalesce(hidden.whole, false) then value end as value,
        case when hidden.whole then 'confidential' else status end as status
    )
from cube
join disclosure_offer as offer
    on offer.indicator = cube.indicator
    and offer.level = cube.level
    and offer.wide = ("within" = 'lan')
    and offer.whole = (part = 'alla')
left join disclosure_hidden as hidden
    on hidden.indicator = cube.indicator
    and hidden.period = cube.period
    and hidden.level = cube.level
    and hidden.place = cube.place
    and hidden."within" = cube."within"
    and hidden.part = cube.part;

-- What a place's control chart says of each period, by the whole series as it is shown.
create table if not exists reading (
    indicator varchar not null,
    period varchar not null,
    level varchar not null,
    place varchar not null,
    "within" varchar not null,
    part varchar not null,
    -- xmr, u, p or none.
    chart varchar not null,
    mean double,
    lower double,
    upper double,
    special_cause varchar not null,
    point_type varchar not null,
    assurance varchar,
    preliminary boolean not null
);

-- From which values the readings of a series were made.
create table if not exists reading_series (
    indicator varchar not null,
    level varchar not null,
    place varchar not null,
    "within" varchar not null,
    part varchar not null,
    fingerprint varchar not null
);
