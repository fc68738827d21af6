"""The receipt of a file: what every cell with something in it was read as, and what was not read.

Every cell is exactly one of the roles, so that they add up to all cells (accounting.py).
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from swedish.typography import enumerate_words, plural


class Role(StrEnum):
    """What a cell was read as; the last three are not read, each with its reason."""

    DATA = "data"
    HEAD = "head"
    TITLE = "title"
    TOTAL = "total"
    LABEL = "label"
    SET_ASIDE = "set-aside"
    UNREAD_COLUMN = "unread-column"
    UNREAD_SHEET = "unread-sheet"


@dataclass(frozen=True)
class ReceiptPart:
    """So many cells of one sheet with one role; `what` names the columns or rows they stand in."""

    role: Role
    sheet: str
    cells: int
    what: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Receipt:
    """How many cells hold something, and their parts; `said` are more sentences about the file."""

    cells: int
    parts: tuple[ReceiptPart, ...]
    said: tuple[str, ...] = ()

    def count(self, role: Role) -> int:
        """How many cells have a role."""
        return sum(part.cells for part in self.parts if part.role is role)

    def as_dict(self) -> dict[str, object]:
        """The form of `samverkan check --json`, and of what is kept with the load."""
        return {
            "cells": self.cells,
            **{role.value: self.count(role) for role in Role},
            "parts": [
                {
                    "role": part.role.value,
                    "sheet": part.sheet,
                    "cells": part.cells,
                    "what": part.what,
                    "reason": part.reason,
                }
                for part in self.parts
            ],
            "said": list(self.sentences),
        }

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was read and what was not, in words."""
        data = [part for part in self.parts if part.role is Role.DATA]
        columns = list(dict.fromkeys(part.what for part in data if part.what))
        number = plural(self.count(Role.DATA), "cell", "celler")
        read = f"{number} ur kolumnerna {enumerate_words(columns)}." if columns else ""
        told = [read] if read else ["Inga celler är lästa som uppgifter."]
        told += self.said
        if totals := self.count(Role.TOTAL):
            told.append(
                f"{plural(totals, 'cell', 'celler')} i summor och medelvärden kontrolleras."
            )
        unread = [part for part in self.parts if part.role is Role.UNREAD_COLUMN]
        unread += [part for part in self.parts if part.role is Role.UNREAD_SHEET]
        if unread:
            names = [
                f"{'bladet ' if part.role is Role.UNREAD_SHEET else ''}"
                f"{part.what or part.sheet} ({part.reason})"
                for part in unread
            ]
            told.append(f"Läses inte: {', '.join(dict.fromkeys(names))}.")
        aside = Counter[str]()
        for part in self.parts:
            if part.role is Role.SET_ASIDE:
                aside[part.reason] += part.cells
        told += [
            f"Läggs åt sidan: {plural(n, 'cell', 'celler')}, {why}." for why, n in aside.items()
        ]
        return tuple(told)
