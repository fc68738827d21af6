"""The commands that tell people by mail, and let a scheduled report go."""

import sys
from datetime import date
from typing import Annotated

import typer

from commands.terminal import BUSY, DONE, FAULTY, WRONG, fail

OFF = "E-post är inte påslagen: filen mail.toml finns inte i datamappen."


def notify(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Visa vad som skulle skickas, och skicka inget.")
    ] = False,
    log: Annotated[
        bool, typer.Option("--log", help="Visa vad som har skickats och hållits, senast först.")
    ] = False,
) -> None:
    """Skicka det som är nytt med e-post, ett brev per mottagare."""
    from mail import round
    from mail.declaration import declaration
    from settings import SettingsError, settings
    from warehouse.journal import notices
    from warehouse.store import WarehouseError

    try:
        if log:
            for line in notices.log():
                why = f" ({line.why})" if line.why else ""
                print(f"{line.at:%Y-%m-%d %H:%M} {line.recipient} {line.state}{why}: {line.text}")
            return
        declared = declaration()
        if declared is None:
            print(OFF)
            return
        answers = round.run(declared, today=date.today(), settings=settings(), dry=dry_run)
    except SettingsError as error:
        fail(str(error), WRONG)
    except WarehouseError as error:
        fail(str(error), BUSY)
    for answer in answers:
        done = "skulle skickas" if dry_run else "skickat"
        print(f"{answer.recipient.name}: {len(answer.told)} {done}, {len(answer.held)} hålls.")
        if dry_run and answer.text:
            print(answer.text)
        for thing in answer.held if dry_run else ():
            print(f"  hålls: {thing.text} ({thing.held})")
        if answer.trouble:
            print(f"{answer.recipient.name}: {answer.trouble}", file=sys.stderr)
    raise typer.Exit(FAULTY if any(answer.trouble for answer in answers) else DONE)


def approve(
    schedule: Annotated[
        str, typer.Argument(metavar="NAMN", help="Blockets namn i schedules.toml.")
    ],
) -> None:
    """Godkänn att en schemalagd rapport skickas, som uppgifterna är nu."""
    from mail import scheduled
    from mail.declaration import declaration
    from settings import SettingsError
    from swedish.periods import period_name
    from warehouse.store import WarehouseError
    from warehouse.who import user

    try:
        declared = declaration()
        if declared is None:
            fail(OFF, WRONG)
        one = next((one for one in declared.schedules if one.name == schedule), None)
        if one is None:
            names = ", ".join(one.name for one in declared.schedules) or "inga"
            fail(f"'{schedule}' finns inte i schedules.toml. Där finns {names}.", WRONG)
        period = scheduled.approve(one, by=user(), today=date.today())
    except SettingsError as error:
        fail(str(error), WRONG)
    except WarehouseError as error:
        fail(str(error), BUSY)
    print(f"{schedule} för {period_name(period)} är godkänd, och skickas nästa gång.")
