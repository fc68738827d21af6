"""The commands for numbers: values, and the proof that no hidden one can be worked out."""

import csv
import json
import sys
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from commands.terminal import BUSY, DONE, FAULTY, WRONG, fail
from metrics.indicator import Level

if TYPE_CHECKING:
    from metrics.values import Value


NO_SEVEN_DAYS = (
    "Måttet är dagarna över genomsnittet; sjudagarsregeln är inte räknad här, bara i "
    "betalningsansvaret."
)


class Format(StrEnum):
    """How values are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class CareForm(StrEnum):
    """Which patients are counted."""

    SOMATIK = "somatik"
    PSYKIATRI = "psykiatri"


def values(
    indicator: Annotated[str, typer.Argument(metavar="INDIKATOR")],
    level: Annotated[Level | None, typer.Option(help="Vilken nivå.")] = None,
    place: Annotated[
        str | None, typer.Option(help="Kommunkod, kommunnamn, områdesnyckel eller sjukhus.")
    ] = None,
    care_form: Annotated[CareForm | None, typer.Option("--care-form", help="Vårdform.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="Första perioden, 2019-07.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Sista perioden.")] = None,
    by: Annotated[
        str | None,
        typer.Option(help="Vad värdena delas upp på: process för avvikelser, annars som i filen."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="Hur värdena skrivs.")] = Format.TABLE,
    raw: Annotated[
        bool,
        typer.Option("--raw", help="Utan röjandekontroll; bara för eget bruk."),
    ] = False,
) -> None:
    """Skriv en indikators värden."""
    import reference
    from metrics.catalogue import indicators
    from metrics.datasets import datasets
    from metrics.indicator import CARE_FORM, PLACES
    from metrics.loaded import of_one_version
    from metrics.values import values as values_of
    from swedish.periods import is_period

    if indicator not in indicators():
        fail(f"Okänd indikator '{indicator}'. Välj en av: {', '.join(indicators())}.", WRONG)
    at = level.value if level else None
    chosen = indicators()[indicator]
    dataset = datasets()[chosen.dataset]
    told_apart = by or (dataset.dimensions[0] if dataset.apart else None)
    if by and by not in dataset.dimensions:
        possible = " eller ".join(dataset.dimensions)
        instead = f" Det går att dela upp på {possible}." if possible else ""
        fail(f"--by {by} gäller inte '{indicator}'.{instead}", WRONG)
    if care_form and CARE_FORM not in dataset.dimensions:
        fail(f"--care-form gäller inte '{indicator}'.", WRONG)
    if care_form and told_apart not in (None, CARE_FORM):
        fail("Värdena delas upp på en sak i taget: ange --by eller --care-form.", WRONG)
    named = not {*chosen.levels} & {*PLACES}
    where = place if named else reference.find_place(place, level=at) if place else None
    if place and where is None:
        fail(f"Okänd plats '{place}'. Skriv en kommun, ett område, ett sjukhus eller lan.", WRONG)
    for period in filter(None, (start, end)):
        if not is_period(period):
            fail(f"'{period}' är ingen period. Skriv till exempel 2019-07 eller 2020-K1.", WRONG)
    read = partial(
        values_of,
        indicator=indicator,
        level=at,
        place=where,
        part=None if told_apart else care_form.value if care_form else "alla",
        start=start,
        end=end,
    )
    with of_one_version():
        series = read(raw=raw)
        if not series and not raw and read(raw=True):
            print("Så fint uppdelat visas inga värden: de flesta är för få.", file=sys.stderr)
        if not raw:
            series = _agreed_on(series, indicator)
    if chosen.calculation == "excess" and series:
        from metrics.liability.rules import rules_used, terms

        print(NO_SEVEN_DAYS, rules_used(series[-1].period, terms()), file=sys.stderr)
    if told_apart:
        parts = [(one, *dataset.told_apart(one.part)) for one in series]
        series = [replace(one, part=value) for one, at, value in parts if at == told_apart]
    _write_values(series, form, decimals=chosen.decimals, told_apart=told_apart)


def disclosure(
    period: Annotated[
        str, typer.Argument(metavar="[PERIOD]", help="2019-07, 2020-K1 eller 2020; annars alla.")
    ] = "",
) -> None:
    """Pröva att inget dolt tal går att räkna ut ur det som visas för en period, eller alla."""
    from metrics.disclosure.text import report
    from metrics.proof import whole
    from pipeline.attacking import attack
    from swedish.periods import is_period, period_name
    from warehouse import store

    if period and not is_period(period):
        fail(f"'{period}' är ingen period. Skriv till exempel 2019-07 eller 2020-K1.", WRONG)
    try:
        attacked, _ = attack(period)
        public = whole(period)
    except store.WarehouseError as error:
        fail(f"Intyget om prövningen gick inte att spara. {error}", BUSY)
    if not attacked and not public:
        fail(f"Det finns inget att pröva{f' för {period_name(period)}' if period else ''}.", WRONG)
    for line in report(attacked, public):
        print(line)
    raise typer.Exit(FAULTY if any(proof.open_cells for proof in attacked) else DONE)


def _agreed_on(series: "list[Value]", indicator: str) -> "list[Value]":
    """The values that are shown where only what is agreed on is; what else is not is said."""
    from swedish.periods import period_name
    from swedish.typography import enumerate_words
    from views.agreed import approval, visible

    shown = [one for one in series if not visible.hidden(indicator, one.period)]
    if len(shown) < len(series):
        first = period_name(min(one.period for one in series if one not in shown))
        print(f"Från och med {first} visas inga värden: allt är inte fastställt.", file=sys.stderr)
    if approval.used():
        marked = approval.marks(indicator)
        unsettled = {one.period for one in shown if marked(one.period, one.level, one.place)}
        if unsettled:
            names = enumerate_words([period_name(period) for period in sorted(unsettled)])
            print(f"Preliminära värden: {names}.", file=sys.stderr)
    return shown


def _write_values(
    series: "list[Value]", form: Format, *, decimals: int, told_apart: str | None
) -> None:
    from metrics.values import COLUMNS

    rows = [
        {column: getattr(value, column) for column in COLUMNS}
        | ({told_apart: value.part} if told_apart else {})
        for value in series
    ]
    columns = [*COLUMNS, *([told_apart] if told_apart else [])]
    match form:
        case Format.JSON:
            print(json.dumps(rows, ensure_ascii=False, indent=2))
        case Format.CSV:
            writer = csv.DictWriter(sys.stdout, fieldnames=columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: _plain(value) for key, value in row.items()} for row in rows)
        case Format.TABLE:
            from swedish import typography

            for row in series:
                print(
                    f"{row.period}  {row.name:<36} {typography.number(row.value, decimals):>12}  "
                    f"{row.status:<12} {row.reported} av {row.expected}"
                    f"{f'  {row.part}' if told_apart else ''}"
                )
            if not series:
                print("Inga värden.")


def _plain(value: object) -> object:
    """Dot decimals, whole numbers without decimals, no formulas, and nothing for no number."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
