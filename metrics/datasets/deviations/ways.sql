-- What is told of the cases of a quarter besides numbers of indicators: from whom to whom they go as
-- the county and each of the areas see them, and which loads they came with.

delete from way;

insert into way by name
select
    period, coalesce(place, 'lan') as place, sender_level, sender, receiver_level, receiver,
    count(*) as cases
from (
    select case_now.*, seen.area as place
    from case_now
    join case_area as seen using (case_number)
    union all by name
    select * from case_now
)
where sender_level is not null
    and receiver_level is not null
group by all;

delete from case_source;

insert into case_source by name
select
    period, level, place, "within", coalesce(process, 'Ej angiven') as process,
    deviation_view.load_id, count(*) as cases
from deviation_view
where cases and withheld is null
group by all;
