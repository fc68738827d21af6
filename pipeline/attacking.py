"""The attack on what is shown, with a certificate of it kept beside the version."""

import math
from collections.abc import Sequence
from datetime import datetime

from metrics.loaded import of_one_version
from metrics.proof import Proof, proofs, proofs_beside
from warehouse.journal.tried import attacks
from warehouse.who import user


def attack(period: str = "") -> tuple[list[Proof], attacks.Attack | None]:
    """Attack all that is shown of a period and those in it, or of every period where it is empty.

    It is attacked by itself, and together with what each older version that is kept shows.

    Gives the proofs and the certificate, none where nothing is published. Raises store.Busy and
    store.Unwritable where the certificate cannot be kept.
    """
    with of_one_version() as version:
        attacked = [*proofs(period), *proofs_beside(period)]
    if version is None or not attacked:
        return attacked, None
    made = certificate(attacked, version=version, period=period)
    attacks.remember(made)
    return attacked, made


def certificate(attacked: Sequence[Proof], *, version: int, period: str) -> attacks.Attack:
    """What an attack came to."""
    ranges = [proof.narrowest for proof in attacked if proof.narrowest is not None]
    narrowest = min(ranges, key=lambda one: one.values, default=None)
    bounded = narrowest is not None and not math.isinf(narrowest.highest)
    return attacks.Attack(
        version=version,
        period=period,
        numbers=sum(proof.cells for proof in attacked if proof.beside is None),
        hidden=sum(proof.hidden_cells for proof in attacked if proof.beside is None),
        lowest=narrowest.first if narrowest else None,
        highest=narrowest.last if narrowest and bounded else None,
        told=sum(proof.told for proof in attacked if proof.beside is None),
        worked_out=sum(len(proof.open_cells) for proof in attacked),
        by=user(),
        at=datetime.now(),
    )
