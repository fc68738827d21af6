"""The commands that keep what there is: versions, undo, backup, move, verify and repair."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import verifying
from commands.terminal import DONE, FAULTY, WRONG, fail, progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from metrics.changes.comparison import Change

Reason = Annotated[str, typer.Option(help="Varför.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Gör det utan att fråga.")]


def versions() -> None:
    """Visa vilka versioner som finns kvar, senast först."""
    from warehouse import store

    standing = store.standing()
    for number in reversed(store.versions()):
        mark = "*" if number == standing.number else " "
        print(f"{mark} {store.described(number)}")
    if standing.number is None:
        print("Ingenting har lästs in ännu.")
    for amiss in filter(None, (standing.trouble, standing.behind)):
        print(amiss, file=sys.stderr)


def undo(
    version: Annotated[int, typer.Argument(metavar="VERSION", help="Numret i samverkan versions.")],
    reason: Reason,
    yes: Yes = False,
) -> None:
    """Gå tillbaka till en äldre version; den blir en ny version, och ingen försvinner."""
    from pipeline import going_back
    from warehouse import store

    _reasoned(reason)
    if version not in store.versions():
        fail(f"Version {version} finns inte kvar. Se samverkan versions.", WRONG)
    print(f"Det som gällde då gäller igen: {store.described(version)}.")
    _agreed(yes)
    try:
        with progress(2) as stage:
            done = going_back.undo(version, reason=reason.strip(), tell=stage)
    except KeyError:
        fail(f"Version {version} går inte att läsa. Ingenting har ändrats.", FAULTY)
    print(f"Klart. Det är nu version {done.version}.")
    _tell(done.changes)


def backup(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Filen att skriva, .zip.")
    ] = None,
) -> None:
    """Skriv en säkerhetskopia av allt; det går bra medan programmet används."""
    from warehouse.journal import journal
    from warehouse.keeping import backup as backups

    target = output or backups.default_path()
    made = backups.make(target)
    print(f"Säkerhetskopian är skriven till {target}. Den har version {made.version}.")
    if amiss := journal.trouble():
        print(f"Journalen är inte med. {amiss}", file=sys.stderr)
    if output is None:
        print("Den ligger på samma disk som uppgifterna. Spara en kopia på en annan plats.")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FIL", help="En säkerhetskopia, .zip.")],
    reason: Reason,
    version: Annotated[
        int | None, typer.Option(help="En äldre version i kopian än den som gällde.")
    ] = None,
    yes: Yes = False,
) -> None:
    """Återställ ur en säkerhetskopia; det blir en ny version, och ingen försvinner."""
    from pipeline import going_back
    from warehouse.keeping import backup as backups

    _reasoned(reason)
    held = backups.contents(source)
    chosen = held.version if version is None else version
    if chosen not in held.versions:
        numbers = ", ".join(map(str, held.versions)) or "ingen"
        fail(f"Säkerhetskopian har inte version {chosen}. Den har: {numbers}.", WRONG)
    print(
        f"Version {chosen} ur säkerhetskopian från {held.made_at} ({held.made_by}) görs till ny "
        "gällande version. Originalfiler, inställningar och journal läggs tillbaka där de saknas; "
        "det som finns ändras inte."
    )
    _agreed(yes)
    with progress(3) as stage:
        done = going_back.restore(source, number=chosen, reason=reason.strip(), tell=stage)
    print(f"Klart. Det är nu version {done.version}.")
    for text in done.brought:
        print(f"  Lades tillbaka: {text}.")
    _tell(done.changes)


def move(
    to: Annotated[
        str,
        typer.Option(
            metavar="PLATS",
            help="ducklake:postgres:… som flera datorer delar, eller här, den egna datorn.",
        ),
    ],
    storage: Annotated[
        str, typer.Option(help="Mappen som alla datorer når, eller s3://…", metavar="LAGRING")
    ] = "",
    yes: Yes = False,
) -> None:
    """Flytta versionerna dit flera datorer delar dem, eller tillbaka till den egna datorn."""
    from warehouse.keeping import moving

    here = to == "här"
    print(
        "Versionerna läggs på den här datorn, som inte längre följer de gemensamma."
        if here
        else f"Versionerna läggs i den gemensamma databasen och i {storage}. Alla datorer som har "
        "samma två rader i settings.toml visar dem."
    )
    _agreed(yes)
    with progress(2) as stage:
        moved = moving.move(
            warehouse="" if here else to, storage="" if here else storage, tell=stage
        )
    told = f"Flyttade: version {', '.join(map(str, moved))}. " if moved else ""
    print(f"Klart. {told}Raderna warehouse och storage är skrivna i settings.toml.")


def verify(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FIL]", help="En rapport som är gjord här.")
    ] = None,
) -> None:
    """Pröva att allt som är sparat är helt, eller vilka tal i en rapport som gäller än."""
    if file is not None:
        verifying.verify(file)
    from pipeline.verifying import verify as findings

    wrong = 0
    for finding in findings(proofs=True):
        wrong += not finding.sound
        print(f"{'✓' if finding.sound else '✗'} {finding.text}", flush=True)
    print("Allt är helt." if not wrong else f"{wrong} fel. Kör samverkan repair för att laga.")
    raise typer.Exit(FAULTY if wrong else DONE)


def repair(yes: Yes = False) -> None:
    """Laga det som är trasigt; vad som görs sägs först, och ingenting slängs."""
    from pipeline import repairing

    steps = repairing.steps()
    if not steps:
        print("Det finns inget att laga.")
        return
    for step in steps:
        print(f"• {step.told}")
    _agreed(yes)
    repairing.repair(steps)
    print("Klart. Kör samverkan verify för att pröva allt.")


def _reasoned(reason: str) -> None:
    if not reason.strip():
        fail("Ange en orsak med --reason.", WRONG)


def _agreed(yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        fail("Kör igen med --yes för att göra det. Ingenting har ändrats.", FAULTY)
    if not typer.confirm("Fortsätta?"):
        fail("Ingenting har ändrats.", FAULTY)


def _tell(changes: "Sequence[Change]") -> None:
    from commands.delivery_text import tell_values

    tell_values(changes)
