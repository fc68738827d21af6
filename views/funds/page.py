"""What the page about funds shows of a programme and a year, from the register in force."""

import datetime
from collections.abc import Mapping
from typing import Any

import reference
from metrics import residents
from metrics.datasets import funds
from views.funds.proposal import Split, proposed
from views.funds.sentences import Amount
from views.funds.tables import FundView, Grant
from warehouse import store
from warehouse.state import remembered

_QUERY = """
    select
        fund.load_id, fund.position, fund.level, fund.recipient, fund.decided_on, fund.decided_by,
        map_from_entries(
            list((measure, {'kronor': value, 'lower': lower}) order by measure)
                filter (where state = 'ok')
        )
    from fund
    semi join (from owner where dataset = $dataset) as held
        on held.load_id = fund.load_id
        and held.period = fund.period
        and held.subject = concat_ws(' | ', fund.programme, fund.level, fund.recipient)
    left join fund_amount using (load_id, programme, period, level, recipient)
    where fund.programme = $programme and fund.period = $year
    group by all
    order by fund.load_id, fund.position
"""


@remembered(2)
def years() -> Mapping[str, list[str]]:
    """The years that each programme has funds for, oldest first; those of the newest year
    first, with most recipients."""
    with store.reading() as connection:
        rows = (
            connection.execute(
                """
                select programme, list(distinct period order by period)
                from fund
                join owner using (load_id, period)
                where dataset = $dataset
                group by programme
                order by max(period) desc, count(*) desc, programme
                """,
                {"dataset": funds.KEY},
            ).fetchall()
            if connection
            else []
        )
    return dict(rows)


@remembered(12)
def view(*, programme: str, year: str) -> FundView:
    """A programme's year; without grants where the register has none."""
    with store.reading() as connection:
        rows = (
            connection.execute(
                _QUERY, {"dataset": funds.KEY, "programme": programme, "year": year}
            ).fetchall()
            if connection
            else []
        )
    return FundView(
        programme=programme,
        year=year,
        grants=tuple(_grant(*row[2:]) for row in rows),
    )


def amounts(shown: FundView) -> dict[tuple[str, str], Amount]:
    """Each amount of a programme's year, by the indicator that counts it and the register's line:
    the programme, level and recipient, as loads own them."""
    return {
        (f"funds_{name}", " | ".join((shown.programme, _owned(grant), grant.recipient))): amount
        for grant in shown.grants
        for name in ("allocated", "ceiling", "requisitioned", "used")
        if (amount := getattr(grant, name)) is not None
    }


def _owned(grant: Grant) -> str:
    """The level as the register has it: what all areas have together stands as an area's."""
    return "area" if grant.level == "areas" else grant.level


def proposal(grant: Grant, *, year: str, by: str) -> Split:
    """A year's allocated sum split by population, between areas or, `by` municipality, these."""
    return proposed(
        grant,
        inhabitants=residents.inhabitants(year),
        year=residents.years(year),
        by=by,
    )


def _grant(
    level: str,
    recipient: str,
    day: datetime.date | None,
    by: str | None,
    sums: Mapping[str, Mapping[str, Any]] | None,
) -> Grant:
    area = reference.find_place(recipient, level="area") if level == "area" else None
    amounts = {
        measure: Amount(round(amount["kronor"]), "lower" if amount["lower"] else "exact")
        for measure, amount in (sums or {}).items()
    }
    return Grant(
        level="areas" if level == "area" and reference.names_all_areas(recipient) else level,
        recipient=recipient,
        area=area,
        decided=", ".join(filter(None, (str(day) if day else "", by or ""))),
        **amounts,
    )
