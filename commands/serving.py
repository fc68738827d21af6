"""The command that starts the dashboard."""

import sys
from contextlib import nullcontext
from typing import Annotated

import typer

from commands.terminal import BUSY, WRONG, fail
from machine import scratch


def serve(
    port: Annotated[int, typer.Option(help="Porten på 127.0.0.1.")] = 8501,
    pull_every: Annotated[
        str | None,
        typer.Option(help="Hämta från källorna så ofta, till exempel 15m eller 1h."),
    ] = None,
) -> None:
    """Starta instrumentpanelen på den egna datorn."""
    import pipeline
    import reference
    from sources import background
    from sources.declaration import sources
    from warehouse import store

    scratch.sweep()
    seconds = background.seconds(pull_every) if pull_every else None
    if pull_every and seconds is None:
        fail(f"'{pull_every}' är ingen tid. Skriv till exempel 15m eller 1h, minst 1m.", WRONG)
    if seconds:
        # What cannot be used is to stop the start, not each fetching.
        sources()
    try:
        found = store.standing()
        if found.trouble:
            print(found.trouble, file=sys.stderr)
        if found.number is not None:
            if found.whole:
                pipeline.refresh(print)
        elif not store.holds_nothing():
            print("Ingenting är inläst, men mappen är inte tom, så exempeldata läses inte in.")
        elif reference.is_shipped_county():
            print("Datalagret är tomt. Läser in exempeldata …")
            pipeline.load_demo()
        else:
            print("Datalagret är tomt. Exempeldata finns inte för ett eget län.")
    except store.WarehouseError as error:
        fail(str(error), BUSY)
    from ui import server

    try:
        with background.pulling(seconds) if seconds else nullcontext():
            server.serve(port=port)
    except OSError as error:
        fail(
            f"Porten {port} går inte att använda ({error.strerror}). Välj en annan: --port.", WRONG
        )
