"""Deviations as frames for the page: by process, from whom to whom, by municipality.

A case belongs to the quarter of its registration, and to the area of its municipality; a case
between two areas is in both areas' views and once in the county's. `place` is `lan` or an area's
key. `value` is NaN where it is not known; `status` is that of `metrics.values`: ok, partial (the
quarter or the place is covered only in part), missing. Empty warehouse: empty frames, never an
exception.

quarters() -> list[str]
    The quarters with any deviation, oldest first.
by_process(*, place, start=None, end=None) -> DataFrame
    `process`, `period`, `value`, `status`, `reported`, `expected`; a row for each process that
    occurs at the place in any of the quarters and each quarter (value 0 where the quarter has
    others but not it), sorted by process (the catalogue of categories' order) and period.
ways(*, period, place) -> DataFrame
    From whom to whom, of cases (quarters delivered as counts have no rows): `sender_level`,
    `sender`, `receiver_level`, `receiver`, `value`, `status`. A level is `municipality` (then the
    code), `hospital` (its name), `primary_care` (`Primärvård`) or `other` (the file's own word).
by_municipality(*, period) -> DataFrame
    All 49: `place`, `name`, `value`, `status`, `inhabitants`; the inhabitants are those of
    `metrics.population.population_year()`.
covers(*, period) -> tuple[str, ...]
    The keys of the areas that the quarter's loads cover wholly, in their customary order.
extract_date(*, period) -> str | None
    The day, 2021-06-30, up to which answers are known in the quarter's cases.

The page's numbers (registered, answered in time and due, open, median days) are the indicators
deviations, deviations_answered_share (numerator in time, denominator answered or fallen due),
deviations_open and deviations_median_answer_days, by `metrics.values.frame`.
"""
