"""The commands that write files to hand out: template and report."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal import BUSY, FAULTY, WRONG, fail
from machine import durable
from swedish.refusals import why

# As any file that a user makes: umask decides who may read it.
_ANYBODYS = 0o666


class ReportKind(StrEnum):
    """The kinds of report."""

    BRIEFING = "briefing"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Skriv över filen om den redan finns.")
]


def template(
    export: Annotated[str, typer.Argument(metavar="EXPORT", help="Vilken export.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Filen att skriva, .xlsx.")],
    overwrite: Overwrite = False,
) -> None:
    """Skriv en Excelmall att fylla i för en export."""
    from loaders.answering import templates
    from pipeline import exports

    known = {declared.key: declared for declared in exports()}
    if export not in known:
        fail(f"Okänd export '{export}'. Välj en av: {', '.join(known)}.", WRONG)
    _refuse_existing(output, overwrite=overwrite)
    try:
        with durable.replacing(output, mode=_ANYBODYS) as part:
            templates.write(known[export], part)
    except OSError as error:
        fail(f"{output} går inte att skriva ({why(error)}).", WRONG)
    print(f"Mallen är skriven till {output}.")


def report(
    kind: Annotated[ReportKind, typer.Argument(metavar="SLAG", help="Vilken rapport.")],
    period: Annotated[str, typer.Option(help="Månaden, 2026-10, eller kvartalet, 2026-K3.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Filen: .pptx, .docx, .pdf eller .xlsx.")
    ],
    area: Annotated[str, typer.Option(help="Områdets nyckel eller namn, eller lan.")] = "lan",
    version: Annotated[
        int | None,
        typer.Option(
            metavar="NUMMER",
            help="Den version som uppgifterna ska vara ur, som versions visar: så som det var känt "
            "då. Annars den som gäller.",
        ),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Gör en rapport: underlag, kvartalsrapport eller månadsrapport."""
    from datetime import datetime

    import reference
    from reports.making import Order, made, remember
    from reports.model import CallError, ReportError
    from settings import SettingsError
    from warehouse.store import WarehouseError

    place = area if area == reference.COUNTY else reference.find_place(area, level="area")
    if place is None:
        keys = ", ".join([reference.COUNTY, *(one.key for one in reference.areas())])
        fail(f"Okänt område '{area}'. Välj ett av: {keys}.", WRONG)
    _refuse_existing(output, overwrite=overwrite)
    made_at = datetime.now().replace(microsecond=0)
    order = Order(kind=kind, place=place, period=period, made=made_at, version=version)
    try:
        done = made(order, output.suffix.lower().removeprefix("."))
    except CallError as error:
        fail(f"{error} Ingen fil har skrivits.", WRONG)
    except (ReportError, SettingsError) as error:
        fail(str(error), FAULTY)
    try:
        durable.write(output, done.content, mode=_ANYBODYS)
    except OSError as error:
        fail(
            f"{output} går inte att skriva ({why(error)}). Ingen fil har skrivits, och "
            "rapporten är inte antecknad som gjord.",
            WRONG,
        )
    try:
        remember(order, done)
    except WarehouseError as error:
        fail(
            f"Rapporten är skriven till {output}, men att den är gjord kunde inte antecknas: "
            f"{error}",
            BUSY,
        )
    print(f"Rapporten är skriven till {output}.")


def _refuse_existing(output: Path, *, overwrite: bool) -> None:
    if not output.absolute().parent.is_dir():
        fail(f"Mappen {output.parent} finns inte. Ingenting har skrivits.", WRONG)
    if output.is_dir():
        fail(f"{output} är en mapp. Ange en fil. Ingenting har skrivits.", WRONG)
    if output.exists() and not overwrite:
        fail(
            f"{output} finns redan och har inte ändrats. Ange ett annat namn, eller --overwrite "
            "för att skriva över filen.",
            WRONG,
        )
