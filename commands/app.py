"""The command `samverkan`. What a command needs is imported when it runs, so that help is quick."""

import atexit
import gc

import typer

from commands import (
    auditing,
    deliveries,
    hand_outs,
    keeping,
    loads,
    notifying,
    numbers,
    serving,
    tokens,
)
from commands.parsing import Command, Commands, WithoutPandas

# What is imported is no rubbish, and a process that ends gives all that it has back: to look
# through it, again and again and at the end, took a fifth of the time of a short command.
gc.set_threshold(20_000)
atexit.register(gc.freeze)

app = typer.Typer(
    cls=Commands,
    help="Uppföljning av vårdsamverkan: kontrollera, läsa in och visa.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_WITHOUT_PANDAS: tuple[object, ...] = (
    *(deliveries.check, deliveries.load, loads.history, loads.withdraw),
    *(numbers.values, numbers.disclosure),
)
for _command in (
    deliveries.check,
    deliveries.load,
    deliveries.pull,
    loads.history,
    loads.withdraw,
    loads.purge,
    numbers.values,
    numbers.disclosure,
    hand_outs.template,
    hand_outs.report,
    keeping.versions,
    keeping.undo,
    keeping.backup,
    keeping.restore,
    keeping.move,
    keeping.verify,
    keeping.repair,
    notifying.notify,
    notifying.approve,
    serving.serve,
):
    app.command(cls=WithoutPandas if _command in _WITHOUT_PANDAS else Command)(_command)
_profiles = typer.Typer(
    cls=Commands, help="Rubriker som användare har förklarat.", no_args_is_help=True
)
_profiles.command("list", cls=Command)(deliveries.list_profiles)
_profiles.command("remove", cls=Command)(deliveries.remove_profile)
app.add_typer(_profiles, name="profile")
_audit = typer.Typer(cls=Commands, help="Loggen över vem som gjort vad.", no_args_is_help=True)
_audit.command("verify", cls=Command)(auditing.verify)
_audit.command("forget", cls=Command)(auditing.forget)
app.add_typer(_audit, name="audit")
_tokens = typer.Typer(
    cls=Commands, help="Nycklar för program som använder API:et.", no_args_is_help=True
)
_tokens.command("make", cls=Command)(tokens.make)
_tokens.command("list", cls=Command)(tokens.listed)
_tokens.command("revoke", cls=Command)(tokens.revoke)
app.add_typer(_tokens, name="token")
