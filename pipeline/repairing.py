"""Mending what is broken: each step is told before it is done, and nothing is thrown away."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from access.checks import require
from access.rights import Act
from metrics import protect
from pipeline import going_back
from pipeline.publishing import refresh
from settings import archive_dir
from warehouse import archive, store
from warehouse.journal import audit, journal
from warehouse.keeping import soundness
from warehouse.store import manifest, mending
from warehouse.store.versions import manifest_of


@dataclass(frozen=True)
class Repair:
    """What will be done, as a sentence in Swedish, and the doing of it."""

    told: str
    do: Callable[[], object]


def steps() -> list[Repair]:
    """What would mend what is broken; empty where nothing is, or only a backup would help.

    Raises store.Lost where nothing is left to begin from, and store.Newer.
    """
    store.require_understood()
    standing = store.standing()
    # The journal first: what is mended after it is written in its audit beforehand.
    planned = [*_journal(), *_versions(standing), *_damaged(), *_manifests(), *_originals()]
    if standing.number is not None and standing.whole and not _by_rules():
        planned.append(Repair("Det som visas räknas om efter de regler som gäller nu.", refresh))
    if not standing.behind and (told := soundness.shown_behind()):
        planned.append(Repair(f"{told} Det skrivs om.", soundness.mend_shown))
    return planned


def repair(planned: Sequence[Repair]) -> None:
    """Do the steps, each with its line in the audit before it, so that one that is cut off has it.

    Raises checks.Refused, store.Busy, store.Unwritable, and what a step does.
    """
    require(Act.KEEP)
    for step in planned:
        # A broken journal takes no line before it is mended.
        if broken := journal.trouble():
            step.do()
        audit.record(audit.EventKind.REPAIR, step.told)
        if not broken:
            step.do()


def _journal() -> list[Repair]:
    if not journal.trouble() or not journal.is_own():
        return []
    if journal.is_readable():
        return [
            Repair(
                "Journalen är inte som den skrevs, men går att läsa. En kopia läggs i "
                f"{mending.aside()}, och den används som den är: se efter att kommentarer, nya "
                "gränser och beslut stämmer. Vill ni hellre ha den som den var i en "
                "säkerhetskopia, svara nej här och kör samverkan restore i stället.",
                journal.accept,
            )
        ]
    return [
        Repair(
            f"Journalen läggs åt sidan i {mending.aside()} och en ny tom börjas. Kommentarer, "
            "nya gränser och vilka rapporter som gjorts visas då inte; de kan finnas i en "
            "säkerhetskopia: samverkan restore lägger tillbaka journalen när den saknas.",
            journal.set_aside,
        ),
    ]


def _versions(standing: store.Standing) -> list[Repair]:
    if standing.number is None or not standing.trouble:
        return []
    number = standing.number
    if standing.whole:
        return [
            Repair(
                f"CURRENT skrivs på nytt och säger att version {number} gäller.",
                partial(mending.point_again, number),
            )
        ]
    lost = store.pointed() or max(store.versions())
    return [
        Repair(
            f"Version {number} görs till ny gällande version. Det som lästes in i version {lost} "
            "saknas sedan, och ska läsas in igen.",
            partial(going_back.undo, number, reason=f"version {lost} gick inte att läsa"),
        )
    ]


def _damaged() -> list[Repair]:
    return [
        Repair(
            f"Den som inte går att läsa läggs åt sidan i {mending.aside()}: "
            f"{store.described(number)}.",
            partial(mending.put_aside, store.path_of(number)),
        )
        for number in store.versions()
        if _is_damaged(number)
    ]


def _is_damaged(number: int) -> bool:
    """Whether a version is not as it was written; one of a later program is not known to be."""
    with suppress(store.Newer):
        return bool(store.fault_of(number))
    return False


def _manifests() -> list[Repair]:
    return [
        Repair(
            f"Manifestet till version {number} är skadat. Det läggs åt sidan i {mending.aside()}, "
            "och ett nytt skrivs efter versionen som den är.",
            partial(_describe, number),
        )
        for number in store.versions()
        if manifest.is_damaged(number) and store.readable(number)
    ]


def _describe(number: int) -> None:
    mending.put_aside(manifest_of(number))
    manifest.adopt(number, parent=None)


def _originals() -> list[Repair]:
    return [
        Repair(
            f"Originalfilen {name} är skadad och läggs åt sidan i {mending.aside()}.",
            partial(mending.put_aside, archive_dir() / name),
        )
        for name in archive.damaged()
    ] + [
        Repair(
            f"Originalfilen {sha256}, som är raderad enligt historiken, raderas ur arkivet.",
            partial(archive.remove, sha256),
        )
        for sha256 in soundness.left()
    ]


def _by_rules() -> bool:
    with store.reading() as connection:
        return connection is None or protect.current(connection)
