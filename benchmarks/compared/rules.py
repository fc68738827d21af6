"""The rules as plain SQL: what is required, known and possible, and the counts of each month."""

import sys

import duckdb

path, table, known = sys.argv[1:4]
connection = duckdb.connect(table)
connection.execute("create table home as from read_csv($path)", {"path": f"{known}/homes.csv"})
connection.execute("create table site as from read_csv($path)", {"path": f"{known}/sites.csv"})
connection.execute("create table stay as from read_csv($path, all_varchar = true)", {"path": path})
faults = connection.execute(
    """
    select count(*)
    from stay
    where Folkbokföringskommun not in (select name from home)
        or Sjukhus not in (select name from site)
        or Vårdform not in ('Somatik', 'Psykiatri')
        or try_cast(Utskrivningsdatum as timestamp) is null
        or "Meddelande utskrivningsklar" <> ''
            and try_cast("Meddelande utskrivningsklar" as timestamp) is null
    """
).fetchone()
if faults != (0,):
    sys.exit(f"{faults} faults")
connection.execute(
    """
    create table counted as
    select
        strftime(Utskrivningsdatum::timestamp, '%Y-%m') as month, Folkbokföringskommun, Sjukhus,
        Vårdform, count(*) as stays,
        sum(date_diff(
            'day', try_cast("Meddelande utskrivningsklar" as date), Utskrivningsdatum::date
        )) as days
    from stay
    group by all
    """
)
