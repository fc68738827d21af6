"""Which version is in force, and whether it is as it was written."""

from dataclasses import dataclass, replace
from pathlib import Path

from settings import archive_dir, data_dir, inbox_dir, warehouse_dir
from warehouse.store import manifest
from warehouse.store.errors import Lost, Newer
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
    """The version in force, or the newest before it that is sound and understood.

    Raises Lost where versions should be there but none can be read, and Newer where all are of a
    later program.
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


def require_understood() -> None:
    """Raise Newer where a later program wrote what is in force: this one is not to change it."""
    if number := _in_force(pointed()):
        fault_of(number)


def _in_force(named: int | None) -> int | None:
    """What `CURRENT` names, else the newest that is kept; 0 or None where nothing is in force."""
    return max(versions(), default=None) if named is None else named


def _here() -> Standing:
    named = pointed()
    number = _in_force(named)
    if not number:
        return _without()
    try:
        fault = fault_of(number)
    except Newer as error:
        newest = _newest_but(number)
        if newest is None:
            raise
        return Standing(newest, f"{error} {_instead(newest)}", whole=False)
    if fault:
        newest = _newest_but(number)
        if newest is None:
            what = f"Version {number} {fault}, och ingen annan version går att läsa."
            raise Lost(_lost(what))
        told = f"Version {number} {fault}. {_instead(newest)} Kör samverkan repair."
        return Standing(newest, told, whole=False)
    if named is None:
        return Standing(
            number,
            f"Filen {pointer().name}, som säger vilken version som gäller, saknas eller går inte "
            f"att läsa. Den senaste hela versionen, {number}, visas. Kör samverkan repair.",
        )
    return Standing(number, _UNSURE.format(number) if manifest.is_damaged(number) else "")


def _newest_but(number: int) -> int | None:
    """The newest version before one, or else the first after it, that is sound and understood."""
    before = [one for one in reversed(versions()) if one < number]
    after = [one for one in versions() if one > number]
    return next(filter(readable, [*before, *after]), None)


def _instead(newest: int) -> str:
    return f"I stället visas version {newest}, så det som lästes in därefter saknas."


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


def _lost(what: str) -> str:
    return (
        f"{what} Mapp: {data_dir()}. Ingenting har ändrats. Återställ en säkerhetskopia med "
        "samverkan restore."
    )
