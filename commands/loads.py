"""The commands for what has been loaded: history, withdraw and purge."""

import json
from typing import Annotated, NoReturn

import typer

from commands.delivery_text import tell_changes
from commands.terminal import DONE, FAULTY, WRONG, fail


def history(
    as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")] = False,
) -> None:
    """Visa vad som har lästs in, senast först."""
    from metrics.loaded import loads, of_one_version
    from warehouse.journal.purged import purged

    with of_one_version():
        kept_loads = loads()
    gone = purged()
    if as_json:
        print(
            json.dumps(
                [vars(load) for load in kept_loads], ensure_ascii=False, indent=2, default=str
            )
        )
        return
    if not kept_loads:
        print("Ingenting har lästs in ännu.")
    for load in kept_loads:
        marks = " (exempeldata)" if load.demo else ""
        if load.withdrawn_at:
            marks += f" – återtagen {load.withdrawn_at:%Y-%m-%d %H:%M} av {load.withdrawn_by}: "
            marks += load.withdrawn_reason or ""
        if trace := gone.get(load.sha256):
            marks += (
                f" – originalet raderat {trace.at:%Y-%m-%d %H:%M} av {trace.by}: {trace.reason}"
            )
        rows = ".." if load.rows is None else load.rows
        print(
            f"{load.load_id:>5}  {load.loaded_at:%Y-%m-%d %H:%M}  {load.loaded_by}  {load.file}  "
            f"{load.first_period}–{load.last_period}  {rows} rader{marks}"
        )


def withdraw(
    load_id: Annotated[int, typer.Argument(metavar="INLÄSNING", help="Numret i historiken.")],
    reason: Annotated[str, typer.Option(help="Varför inläsningen tas tillbaka.")],
) -> None:
    """Ta tillbaka en inläsning; det som den hade ersatt gäller igen."""
    import pipeline

    if not reason.strip():
        fail("Ange en orsak med --reason.", WRONG)
    try:
        done = pipeline.withdraw(load_id, reason=reason.strip())
    except KeyError:
        fail(
            f"Det finns ingen gällande inläsning med nummer {load_id}. Se samverkan history.", WRONG
        )
    print(f"Inläsning {load_id} är återtagen.")
    tell_changes(done)


def purge(
    load_id: Annotated[
        int | None, typer.Argument(metavar="INLÄSNING", help="Numret i historiken.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Varför originalfilen raderas.")] = "",
    search: Annotated[
        bool,
        typer.Option("--search", help="Sök personnummer i arkivets originalfiler; radera inget."),
    ] = False,
) -> None:
    """Radera en inläsnings originalfil ur arkivet för gott; talen ur den finns kvar."""
    from pipeline.purging import purge as delete

    if search:
        _search_originals()
    if load_id is None:
        fail("Ange inläsningens nummer, eller sök med --search.", WRONG)
    if not reason.strip():
        fail("Ange en orsak med --reason.", WRONG)
    try:
        load = delete(load_id, reason=reason.strip())
    except KeyError:
        fail(f"Inläsning {load_id} har ingen originalfil i arkivet. Se samverkan history.", WRONG)
    print(
        f"Originalfilen till inläsning {load_id} ({load.file}) är raderad. Talen ur den finns "
        f"kvar; samverkan withdraw {load_id} tar tillbaka dem. Säkerhetskopior kan ha filen kvar."
    )


def _search_originals() -> NoReturn:
    """Tell which originals have an identity number by the rules of today."""
    from pipeline.purging import holding_persons

    loads = holding_persons()
    for load in loads:
        print(
            f"Inläsning {load.load_id} ({load.file}): originalet har ett personnummer eller "
            f"samordningsnummer. Radera det med samverkan purge {load.load_id} --reason ORSAK."
        )
    if not loads:
        print("Inga personnummer i arkivets originalfiler.")
    raise typer.Exit(FAULTY if loads else DONE)
