"""What every command says in the same way: how it ends, and how far it has come."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

DONE, FAULTY, WRONG, BUSY = 0, 1, 2, 3
# The program itself is at fault: what sysexits.h calls EX_SOFTWARE.
BROKEN = 70


def fail(message: str, code: int) -> NoReturn:
    """End the command with what is wrong, and no traceback."""
    print(message, file=sys.stderr)
    raise typer.Exit(code)


@contextmanager
def progress(stages: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal that says which stage goes on; nothing where nobody watches."""
    watched = sys.stderr.isatty()
    with typer.progressbar(
        length=stages, file=sys.stderr, hidden=not watched, show_eta=False, fill_char="█"
    ) as bar:

        def tell(stage: str) -> None:
            begun = bool(bar.label)
            bar.label = f"{stage:<24}"
            bar.update(int(begun))
            bar.render_progress()

        yield tell
        bar.update(1)
