"""As many series as a whole country has are read within the memory that a load may have."""

import duckdb

from metrics.catalogue import indicators
from metrics.spc import readings


def test_the_series_of_a_country_take_little_memory() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            """
            set threads = 2;
            set memory_limit = '25MB';
            create table reading (
                indicator varchar, period varchar, level varchar, place varchar, "within" varchar,
                part varchar, chart varchar, mean double, lower double, upper double,
                special_cause varchar, point_type varchar, assurance varchar, preliminary boolean
            );
            create table reading_series as
            select ''::varchar as indicator, '' as level, '' as place, '' as "within", '' as part,
                '' as fingerprint;
            """
        )
        connection.execute(
            """
            create table shown as
            select
                $indicator as indicator, (1900 + number % 100)::varchar as period,
                'municipality' as level, (number // 100)::varchar as place, 'lan' as "within",
                'alla' as part, 'ok' as status,
                number::double as value, null::double as numerator, null::double as denominator
            from (select unnest(range(10000)) as number)
            """,
            {"indicator": next(iter(indicators()))},
        )
        readings.fill(connection)
        (found,) = connection.execute("select count(*), min(period) from reading").fetchall()
        in_order = connection.execute(
            """
            select bool_and(periods = list_sort(periods) and len(periods) = 100)
            from series_changed
            """
        ).fetchall()
    assert found == (10000, "1900")
    assert in_order == [(True,)]
