"""The command `samverkan`. What a command needs is imported when it runs, so that help is quick."""

from typing import Any

import typer
from typer.core import TyperGroup

from commands import deliveries, hand_outs, numbers, serving
from commands.terminal import WRONG, fail
from settings import SettingsError


class _Commands(TyperGroup):
    """The commands; a settings file that cannot be used stops any of them with its reason."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            fail(str(error), WRONG)


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
    serving.serve,
):
    app.command()(_command)
