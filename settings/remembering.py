"""Remembering an answer for as long as what it rests on stays the same."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def remembered(
    size: int, *, while_same: Callable[[], Hashable]
) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Let a function give the same answer to the same arguments while `while_same` gives the same.

    `size` answers are kept, shared by all who ask: they are to be read, not changed.
    """

    def decorate(function: Callable[_P, _T]) -> Callable[_P, _T]:
        @lru_cache(maxsize=size)
        def answer(_: Hashable, *args: Hashable, **kwargs: Hashable) -> _T:
            return function(*args, **kwargs)  # type: ignore[arg-type]

        @wraps(function)
        def current(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            return answer(while_same(), *args, **kwargs)  # type: ignore[arg-type]

        return current

    return decorate
