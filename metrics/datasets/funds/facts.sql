-- The funds that are in force: who has been given what, and each amount.

create or replace temp table fund_now as
select
    fund.*, single_area.area,
    -- What the areas have together, which single areas' sums are parts of.
    fund.level = 'area' and fund.recipient in (from all_areas) as together
from fund
join owner
    on owner.load_id = fund.load_id
    and owner.period = fund.period
    and owner.subject = concat_ws(' | ', programme, level, recipient)
left join single_area using (recipient)
where owner.dataset = 'funds';

create or replace temp table amount_now as
select fund_now.load_id, fund_now.position, fund_amount.* exclude (load_id), area, together
from fund_amount
join fund_now using (load_id, programme, period, level, recipient);
