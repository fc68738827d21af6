"""Which version is in force, and whether it is as it was written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from settings import archive_dir, data_dir, inbox_dir, warehouse_dir
from warehouse.store import manifest
from warehouse.store.errors import Lost
from warehouse.store.faults import fault_of, readable
from warehouse.store.held import held
from warehouse.store.lake import following
from warehouse.store.versions import logged, pointed, pointer, versions

_OURS = {"lock", "queue"}
_UNSURE = (
    "Manifestet för version {} är skadat, så det går inte att pröva om versionen är som den "
    "skrevs. Kör samverkan repair."
)


@dataclass(frozen=True)
class Standing:
    """The version that is shown, None where nothing was ever published.

    `trouble` says in Swedish why it is not the one that should be, or what else is amiss; then
    `whole` is False where another version should have been shown. `behind` says why another machine
    may have published a newer one, where versions are shared.
    """

    number: int | None
    trouble: str = ""
    whole: bool = True
    behind: str = ""


def standing() -> Standing:
    """The version in force, or the newest sound one before it.

    Raises Lost where versions should be there but none can be read, and Newer where the one in
    force is of a later program.
    """
    why = following.follow()
    here = _here()
    if not why:
        return here
    if here.number is None:
        raise Lost(f"{why} Den här datorn har ännu inga uppgifter att visa.")
    made = manifest.read(here.number)
    since = f" från {made.made_at[:16]}" if made else ""
    return replace(
        here,
        behind=f"{why} Det som visas är version {here.number}{since}; det kan finnas en nyare.",
    )


def _here() -> Standing:
    named, kept = pointed(), versions()
    if named is None and not kept:
        return _without()
    if named == 0:
        return _without()
    if named is not None:
        fault = fault_of(named)
        if not fault:
            return Standing(named, _UNSURE.format(named) if manifest.is_damaged(named) else "")
        before = [number for number in kept if number < named]
        after = [number for number in kept if number > named]
        newest = _newest([*reversed(before), *after])
        if newest is None:
            raise Lost(_lost(f"Version {named} {fault}, och ingen annan version går att läsa."))
        return Standing(
            newest,
            f"Version {named} {fault}. I stället visas version {newest}, så det som lästes in "
            "därefter saknas. Kör samverkan repair.",
            whole=False,
        )
    newest = _newest(reversed(kept))
    if newest is None:
        raise Lost(_lost("Ingen av versionerna i mappen går att läsa."))
    return Standing(
        newest,
        f"Filen {pointer().name}, som säger vilken version som gäller, saknas eller går inte att "
        f"läsa. Den senaste hela versionen, {newest}, visas. Kör samverkan repair.",
    )


def holds_nothing() -> bool:
    """Whether the data folder is as new: only then may demo data be put in it."""
    ours = _OURS | ({pointer().name} if pointed() == 0 else set())
    left = [path for path in _inside(warehouse_dir()) if path.name not in ours]
    return not left and not any(map(_inside, (archive_dir(), inbox_dir())))


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _without() -> Standing:
    """`CURRENT` names nothing, or there is neither it nor any version: new, or lost."""
    if pointed() != 0 and (pointer().exists() or logged()):
        raise Lost(_lost("Mappen har haft versioner, men de finns inte kvar."))
    known = held()
    if known and not known.deleted:
        raise Lost(
            _lost(
                f"Mappen har haft uppgifter, senast version {known.version}, men är tom nu. Är "
                "enheten monterad?"
            )
            + f" Ska den börja om från början: ta bort filen {known.file}."
        )
    if _inside(archive_dir()):
        return Standing(
            None,
            f"Mappen {archive_dir()} har originalfiler, men ingenting är inläst. Har uppgifterna "
            "försvunnit: återställ en säkerhetskopia med samverkan restore, eller läs in filerna "
            "igen.",
        )
    return Standing(None)


def _newest(numbers: Iterable[int]) -> int | None:
    for number in numbers:
        if readable(number):
            return number
    return None


def _lost(what: str) -> str:
    return (
        f"{what} Mapp: {data_dir()}. Ingenting har ändrats. Återställ en säkerhetskopia med "
        "samverkan restore."
    )
