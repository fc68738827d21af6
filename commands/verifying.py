"""What `verify` says of a file that was handed out: which of its numbers still hold."""

from pathlib import Path
from typing import NoReturn

import typer

from commands.terminal import DONE, FAULTY, WRONG, fail


def verify(file: Path) -> NoReturn:
    """Which of a report's numbers still hold, and what the others have become; ends the command."""
    from reports.manifest import ManifestError
    from reports.sealing import opened
    from views.held import Held, compared

    try:
        sealed = opened(file.read_bytes())
    except OSError:
        fail(f"{file} går inte att läsa. Ingenting har kontrollerats.", WRONG)
    except ManifestError as error:
        fail(f"{file}: {error} Ingenting har kontrollerats.", WRONG)
    manifest = sealed.manifest
    answers = compared(manifest.numbers)
    changed = [one for one in answers if one.held is not Held.SAME]
    print(f"{manifest.code}: {len(answers)} tal, dataversion {manifest.version}, "
          f"gjord {manifest.made}.")  # fmt: skip
    print(
        "Filen är som den gjordes."
        if sealed.untouched
        else "Filen har ändrats sedan den gjordes: det som står i den kan avvika från talen här."
    )
    print(f"{len(answers) - len(changed)} tal gäller än, {len(changed)} har ändrats.")
    for one in changed:
        print(f"  {one.told}")
    raise typer.Exit(FAULTY if changed or not sealed.untouched else DONE)
