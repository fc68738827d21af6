"""Who is at work: the user of this machine, or somebody who has signed in."""

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from access import declared
from access.rights import Right

Asked = Callable[[], "Person"]
"""Who it is, asked anew at each act, so that a right that is withdrawn is gone at once."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody at work: the subject that tells them apart, a name to show, and their rights.

    `mark` is how history keeps them: their name on this machine, else a sign that says nothing.
    `origin` is from where they are at work.
    """

    subject: str
    name: str
    mark: str
    origin: str = "den egna datorn"
    rights: tuple[Right, ...] = ()

    @property
    def signed_in(self) -> bool:
        """Whether it is known who they are: not so of whoever sits at this machine."""
        return not self.subject.startswith(declared.LOCAL)


NOBODY = Person(subject="", name="ingen", mark="ingen")
"""Whoever has not signed in where that is needed, or no longer is: without any right."""


def local() -> Person:
    """The user of this machine, at the keyboard. Raises SettingsError."""
    name = _user()
    subject = f"{declared.LOCAL}{name}"
    return Person(subject=subject, name=name, mark=name, rights=declared.rights_of(subject))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"användare {os.getuid()}"


_AT_WORK: ContextVar[Asked | None] = ContextVar("at_work", default=None)
_OTHERWISE: list[Asked] = [local]


def current() -> Person:
    """Who is at work now, with the rights of now. Raises SettingsError."""
    asked = _AT_WORK.get() or _OTHERWISE[-1]
    return asked()


@contextmanager
def at_work(asked: Asked) -> Iterator[None]:
    """Let whatever is done in the block be done by whom `asked` names."""
    token = _AT_WORK.set(asked)
    try:
        yield
    finally:
        _AT_WORK.reset(token)


@contextmanager
def otherwise(asked: Asked) -> Iterator[None]:
    """Let `asked` say who is at work where nobody has been named, as in the threads of pages."""
    _OTHERWISE.append(asked)
    try:
        yield
    finally:
        _OTHERWISE.remove(asked)
