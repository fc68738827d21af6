"""Moving the versions: from this machine to where several share them, and back."""

import json
from contextlib import AbstractContextManager, nullcontext

from access.checks import require
from access.rights import Act
from machine import durable
from settings import data_dir, warehouse_dir
from warehouse.journal import audit, journal
from warehouse.keeping.backup import Unusable
from warehouse.store import fault_of, require_understood, standing
from warehouse.store.errors import refusals
from warehouse.store.lake import following
from warehouse.store.lake.place import Place, named, place
from warehouse.store.locking import Tell
from warehouse.store.manifest import Manifest, read
from warehouse.store.publishing import alone
from warehouse.store.versions import logged, path_of, versions


def move(*, warehouse: str, storage: str, tell: Tell = lambda _: None) -> list[int]:
    """Let versions lie where the two settings say, empty for this machine; gives those moved.

    What has been moved stays where it was, too. A move that was cut off is taken up again, and a
    machine that has nothing yet, or the same versions, is only told where they lie. Raises Unusable
    where other versions lie there, SettingsError, store.Busy, store.Lost, store.Unreachable,
    store.Unwritable and checks.Refused.
    """
    require(Act.KEEP)
    target = named(warehouse, storage)
    if target == place():
        raise Unusable("Versionerna ligger redan där. Ingenting har ändrats.")
    require_understood()
    standing()
    with refusals(warehouse_dir()), _turn(target, tell), alone(command="move", tell=tell):
        moved = _carry(target, tell) if target else []
        audit.record(audit.EventKind.MOVE, storage or "här")
        carried = journal.carry(target)
        _set(warehouse=warehouse, storage=storage)
    following.ask_again()
    if not carried:
        # Others read another audit than that with the line.
        audit.record(audit.EventKind.MOVE, storage)
    return moved


def _turn(target: Place | None, tell: Tell) -> AbstractContextManager[None]:
    if target is None:
        return nullcontext()
    from warehouse.store.lake import line

    return line.turn(target, tell=tell)


def _carry(target: Place, tell: Tell) -> list[int]:
    from warehouse.store.lake import catalogue, copying, shown

    there = [entry.manifest for entry in catalogue.entries(target)]
    known = {number: told for number in logged() if (told := read(number))}
    newest = there[-1] if there else None
    current = standing().number
    if newest and current and not _same(newest, known.get(newest.version)):
        raise Unusable(
            f"Där ligger redan andra versioner, senast version {newest.version} från "
            f"{newest.made_at}. Ingenting har ändrats. Välj en annan databas, eller ett annat "
            "schema i den."
        )
    moved: list[int] = []
    for number in versions():
        told = known.get(number)
        if current is None or number > current or (newest and number <= newest.version):
            continue
        if told and not fault_of(number):
            tell(f"Flyttar version {number}")
            copying.commit(target, path_of(number), told)
            moved.append(number)
    if moved and (last := known.get(moved[-1])):
        shown.publish(target, path_of(last.version), last)
    catalogue.log(target, [told for number, told in known.items() if number not in versions()])
    return moved


def _same(there: Manifest, here: Manifest | None) -> bool:
    return here is not None and there.origin == here.origin


def _set(**lines: str) -> None:
    """Write lines of the data folder's settings in place of those with the same names."""
    path = data_dir() / "settings.toml"
    before = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    kept = [line for line in before if line.partition("=")[0].strip() not in lines]
    new = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in lines.items()]
    durable.write(path, "\n".join([*new, *kept, ""]).encode(), mode=0o644)
