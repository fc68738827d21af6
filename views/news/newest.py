"""What is in force of a dataset in a period, in the number that people know it by."""

import reference
from metrics import values
from metrics.catalogue import of_dataset
from swedish.periods import period_name, previous_period
from swedish.phrases import quantity


def told(dataset: str, *, period: str) -> str:
    """`Januari 2021: 0,79 dagar, december 2020: 0,79 dagar`; empty where there is no such number.

    It is that of the first indicator of the dataset that the county has a value of.
    """
    before = previous_period(period)
    for chosen in of_dataset(dataset):
        by_period = {
            one.period: one.value
            for one in values.values(
                indicator=chosen.key,
                level="county",
                place=reference.COUNTY,
                start=before,
                end=period,
            )
            if one.value is not None
        }
        if period in by_period:
            shown = [
                f"{period_name(at)}: {quantity(by_period[at], chosen.unit, chosen.decimals)}"
                for at in (period, before)
                if at in by_period
            ]
            text = f"{chosen.name}, {reference.county().name}. {', '.join(shown)}"
            return f"{text[:1].upper()}{text[1:]}."
    return ""
