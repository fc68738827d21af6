"""An original taken out of the archive for good, with its trace in the history."""

from access.checks import require
from access.rights import Act
from loaders.delivery import delivery
from settings import settings
from swedish.refusals import why
from warehouse import archive, loads, store
from warehouse.journal import audit, purged
from warehouse.who import user


def holding_persons() -> list[loads.Load]:
    """The loads whose archived original has an identity number by the rules of today.

    Raises store.Busy, store.Unwritable and checks.Refused.
    """
    require(Act.KEEP)
    with store.reading() as connection:
        known = loads.history(connection) if connection is not None else []
    kept = (load for load in known if load.archived and archive.path_of(load.sha256).exists())
    return [load for load in kept if _holds_person(load)]


def _holds_person(load: loads.Load) -> bool:
    with delivery(archive.path_of(load.sha256), limits=settings(), name=load.file) as file:
        return any(problem.code == "personal-identity-number" for problem in file.problems)


def purge(load_id: int, *, reason: str) -> loads.Load:
    """Delete the original of a load; what was read from it stays, and can be withdrawn.

    The trace is written first, so that none is deleted without one. Raises KeyError where there is
    no such load or its original is not kept, store.Busy, store.Unwritable and
    checks.Refused.
    """
    require(Act.KEEP)
    with store.reading() as connection:
        known = loads.history(connection) if connection is not None else []
    wanted = next((load for load in known if load.load_id == load_id and load.archived), None)
    if wanted is None or not archive.path_of(wanted.sha256).exists():
        raise KeyError(load_id)
    purged.remember(sha256=wanted.sha256, reason=reason, by=user())
    audit.record(audit.EventKind.PURGE, f"inläsning {load_id}, {wanted.file}: {reason}")
    try:
        archive.remove(wanted.sha256)
    except OSError as error:
        raise store.Unwritable(
            f"Originalfilen gick inte att ta bort ur arkivet: {why(error)}."
        ) from error
    return wanted
