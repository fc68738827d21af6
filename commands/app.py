"""The command `samverkan`. What a command needs is imported when it runs, so that help is quick."""

from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from commands import deliveries, hand_outs, keeping, numbers, serving
from commands.terminal import BROKEN, BUSY, WRONG, fail
from machine import unexpected
from settings import SettingsError


class _Commands(TyperGroup):
    """The commands; what stops any of them is told in one place, and never as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, TyperException, BrokenPipeError):
            # These are how a command ends, or is called wrongly; Typer tells of them.
            raise
        except SettingsError as error:
            fail(str(error), WRONG)
        # Whatever else it was, the user is to be told, and in Swedish.
        except Exception as error:
            from warehouse.store import WarehouseError

            if isinstance(error, WarehouseError):
                fail(str(error), BUSY)
            fail(unexpected.told(error), BROKEN)


app = typer.Typer(
    cls=_Commands,
    help="Uppföljning av vårdsamverkan: kontrollera, läsa in och visa.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for _command in (
    deliveries.check,
    deliveries.load,
    deliveries.pull,
    deliveries.history,
    deliveries.withdraw,
    numbers.values,
    numbers.disclosure,
    hand_outs.template,
    hand_outs.report,
    keeping.versions,
    keeping.undo,
    keeping.backup,
    keeping.restore,
    keeping.verify,
    keeping.repair,
    serving.serve,
):
    app.command()(_command)
_profiles = typer.Typer(help="Rubriker som användare har förklarat.", no_args_is_help=True)
_profiles.command("list")(deliveries.list_profiles)
_profiles.command("remove")(deliveries.remove_profile)
app.add_typer(_profiles, name="profile")
