"""The command that starts the dashboard."""

import sys
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Annotated

import typer

from commands.terminal import BUSY, WRONG, fail
from machine import ending, scratch
from settings import sound
from swedish.refusals import why


def serve(
    port: Annotated[int, typer.Option(help="Porten.")] = 8501,
    host: Annotated[
        str,
        typer.Option(help="Adressen att lyssna på; andra än den egna datorns kräver inloggning."),
    ] = "127.0.0.1",
    pull_every: Annotated[
        str | None,
        typer.Option(help="Hämta från källorna så ofta, till exempel 15m eller 1h."),
    ] = None,
    log: Annotated[
        bool, typer.Option("--log", help="Skriv en rad JSON för varje anrop, utan personuppgifter.")
    ] = False,
) -> None:
    """Starta instrumentpanelen, på den egna datorn eller för dem som loggar in."""
    # Readers cannot mend the files that are broken; every page says which.
    with ending.when_told(), sound.going_on():
        _serve(host, port, pull_every, log=log)


def _serve(host: str, port: int, pull_every: str | None, *, log: bool) -> None:
    import reference
    from pipeline import demonstration, renewing
    from sources import background
    from sources.declaration import sources
    from warehouse import store

    _guarded(host)
    scratch.sweep()
    seconds = background.seconds(pull_every) if pull_every else None
    if pull_every and seconds is None:
        fail(f"'{pull_every}' är ingen tid. Skriv till exempel 15m eller 1h, minst 1m.", WRONG)
    if seconds:
        # What cannot be used is to stop the start, not each fetching.
        sources()
    anew: AbstractContextManager[None] = nullcontext()
    try:
        standing = store.standing()
        reference.county()
        for amiss in filter(None, (standing.trouble, standing.behind, sound.trouble())):
            print(amiss, file=sys.stderr)
        if standing.number is not None:
            if standing.whole and not sound.trouble() and renewing.due():
                anew = renewing.renewed()
        elif not store.holds_nothing():
            print("Ingenting är inläst, men mappen är inte tom, så exempeldata läses inte in.")
        elif not reference.is_shipped_county():
            print("Datalagret är tomt. Exempeldata finns inte för ett eget län.")
        if demonstration.missing():
            print("Läser in exempeldata. Sidorna går att öppna under tiden.")
    except store.WarehouseError as error:
        fail(str(error), BUSY)
    try:
        pulled = background.pulling(seconds) if seconds else nullcontext()
        with anew, demonstration.filling(), pulled:
            # Takes its time, which what is loaded meanwhile has for itself.
            from ui import server

            server.serve(host=host, port=port, log=partial(print, flush=True) if log else None)
    except OSError as error:
        fail(
            f"Porten {port} på {host} går inte att använda ({why(error)}). Välj en annan: --port.",
            WRONG,
        )


def _guarded(host: str) -> None:
    """Refuse to listen to others than this machine where nobody signs them in."""
    from access.declared import access, is_this_machine, path

    if access().signs_in or is_this_machine(host):
        return
    fail(
        f"Adressen {host} kan nås från andra datorer, och då måste de som läser logga in. Ange i "
        f"{path()} antingen [provider], en inloggningstjänst med OpenID Connect, eller [proxy], en "
        "proxy som loggar in, och starta igen. Utan --host visas sidorna på den egna datorn, utan "
        "inloggning. Ingenting har startats.",
        WRONG,
    )
