"""The commands of the audit: that it is whole, and forgetting a person in it."""

from typing import Annotated

import typer

from commands.terminal import DONE, FAULTY, WRONG, fail


def verify(
    saved: Annotated[
        list[str] | None,
        typer.Option(help="En kontrollsumma som sparades förut; flera går bra."),
    ] = None,
) -> None:
    """Pröva att ingen rad i loggen är ändrad, borttagen eller inskjuten."""
    from access.checks import require
    from access.rights import Act
    from warehouse.journal import audit

    require(Act.AUDIT)
    known, wrong = audit.lines(), list(audit.broken())
    for number in wrong:
        print(f"✗ Rad {number} är ändrad, eller raden före den är det eller saknas.")
    lost = audit.lost(saved or [])
    for one in lost:
        print(f"✗ Ingen rad har kontrollsumman {one}: rader som fanns när den sparades är borta.")
    if known:
        print(f"Senaste raden är {known[0].id}, {known[0].at}, med kontrollsumman {known[0].hash}.")
    if wrong:
        print(f"{len(wrong)} av {len(known)} rader stämmer inte.")
    elif not lost:
        print(f"Loggen är hel. Antal rader: {len(known)}.")
    raise typer.Exit(FAULTY if wrong or lost else DONE)


def forget(
    mark: Annotated[str, typer.Argument(metavar="MÄRKE", help="Personens märke, p-…, i loggen.")],
) -> None:
    """Glöm vem som är bakom ett märke; raderna i loggen står kvar som de är."""
    from access.checks import require
    from access.rights import Act
    from warehouse.journal import known

    require(Act.AUDIT)
    try:
        known.forget(mark)
    except KeyError:
        fail(f"Ingen person har märket {mark}. Se sidan Logg.", WRONG)
    print(f"{mark} är glömd. Säkerhetskopior som gjorts förut har namnet kvar.")
