"""What the option parser says, in Swedish: calls that are wrong, and help."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from typer._click import exceptions
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from commands.terminal import BROKEN, BUSY, WRONG, fail
from settings import SettingsError

_HELP = (
    ("Usage: ", "Användning: "),
    ("[OPTIONS] COMMAND [ARGS]...", "[VAL] KOMMANDO [ARGUMENT]..."),
    ("[OPTIONS]", "[VAL]"),
    ("\nOptions:", "\nVal:"),
    ("\nArguments:", "\nArgument:"),
    ("\nCommands:", "\nKommandon:"),
    ("Show this message and exit.", "Visa den här hjälpen."),
    ("[required]", "[måste anges]"),
    ("[default: ", "[annars: "),
)


class Commands(TyperGroup):
    """The commands; what stops any of them is told in one place, and never as a traceback."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        with _told_in_swedish():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: Any) -> Any:
        try:
            with _told_in_swedish():
                return super().invoke(ctx)
        except (typer.Exit, typer.Abort, TyperException, BrokenPipeError):
            # These are how a command ends; Typer tells of them.
            raise
        except SettingsError as error:
            fail(str(error), WRONG)
        # Whatever else it was, the user is to be told, and in Swedish.
        except Exception as error:
            from access.checks import Refused
            from machine import unexpected
            from swedish.refusals import is_of_the_disk
            from warehouse.store import WarehouseError

            match error:
                case Refused():
                    fail(str(error), WRONG)
                case WarehouseError():
                    fail(str(error), BUSY)
            fail(unexpected.told(error), BUSY if is_of_the_disk(error) else BROKEN)

    def get_help(self, ctx: Any) -> str:
        return _translated(super().get_help(ctx))


class Command(TyperCommand):
    """A command whose help is in Swedish."""

    def get_help(self, ctx: Any) -> str:
        return _translated(super().get_help(ctx))


class WithoutPandas(Command):
    """A command that keeps pandas out: to import it takes longer than to check a small file.

    DuckDB looks for it at the first query with a parameter.
    """

    def invoke(self, ctx: Any) -> Any:
        if "pandas" in sys.modules:
            return super().invoke(ctx)
        sys.modules["pandas"] = None  # type: ignore[assignment]
        try:
            return super().invoke(ctx)
        finally:
            del sys.modules["pandas"]


@contextmanager
def _told_in_swedish() -> Iterator[None]:
    try:
        yield
    except exceptions.NoArgsIsHelpError:
        raise
    except exceptions.UsageError as error:
        command = error.ctx.command_path if error.ctx else "samverkan"
        fail(f"{_said(error)}\nHjälp: {command} --help", WRONG)


def _said(error: exceptions.UsageError) -> str:
    match error:
        case exceptions.MissingParameter():
            return f"{_named(error.param)} måste anges."
        case exceptions.BadParameter():
            choices = _choices(error.param)
            allowed = f" Välj en av: {', '.join(choices)}." if choices else ""
            return f"{_named(error.param)} har ett värde som inte går att använda.{allowed}"
        case exceptions.NoSuchOption():
            near = error.possibilities or ()
            meant = f" Menade du {' eller '.join(sorted(near))}?" if near else ""
            return f"Valet {error.option_name} finns inte.{meant}"
        case exceptions.BadOptionUsage():
            return f"Valet {error.option_name} ska följas av ett värde."
        case exceptions.BadArgumentUsage():
            return "Ett argument har för få värden."
    known = ", ".join(getattr(error.cmd, "commands", {}))
    if known:
        return f"Kommandot finns inte. Välj ett av: {known}."
    return "Det är för många argument."


def _named(param: Any) -> str:
    """`Valet --period`, `Argumentet SLAG`."""
    if param is None:
        return "Något"
    if param.param_type_name == "option":
        return f"Valet {' / '.join(param.opts)}"
    return f"Argumentet {param.metavar or param.name.upper()}"


def _choices(param: Any) -> Sequence[str]:
    choices = getattr(getattr(param, "type", None), "choices", ())
    return [str(getattr(one, "value", one)) for one in choices]


def _translated(text: str) -> str:
    for english, swedish in _HELP:
        text = text.replace(english, swedish)
    return text
