-- What PostgreSQL says in other words than SQLite, after the tables of journal.sql.

-- One row, which whoever writes changes first: it holds the others, and tells that something is new.
create table if not exists revision (
    one boolean primary key default true check (one),
    number bigint not null
);
insert into revision (number) values (0) on conflict do nothing;

create or replace function audit_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a line of the audit is never changed or deleted';
end
$$;
create or replace trigger audit_is_not_changed before update or delete on audit
    for each row execute function audit_stays();
create or replace trigger audit_is_not_emptied before truncate on audit
    for each statement execute function audit_stays();
