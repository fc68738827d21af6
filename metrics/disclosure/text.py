"""The proof that what is hidden stays hidden, in words for whoever asks on the command line."""

import math
from collections.abc import Sequence

from metrics.disclosure.audit import Range
from metrics.protect import Proof, Whole
from swedish import typography
from swedish.periods import period_name


def report(proofs: Sequence[Proof], whole: Sequence[Whole] = ()) -> list[str]:
    """What is published and hidden, the narrowest range that is left open, and the verdict.

    What is shown `whole` is said before the verdict.

    Nothing is named but what has failed, and no value is told.
    """
    said = [line for proof in proofs for line in _one(proof)]
    said += [f"{one.name}, {period_name(one.period)}: inget döljs, {one.why}." for one in whole]
    failed = sum(len(proof.open_cells) for proof in proofs)
    if failed:
        said.append(f"{typography.plural(failed, 'dolt tal', 'dolda tal')} går att räkna ut.")
    else:
        said.append("Inget dolt tal går att räkna ut.")
    return said


def _one(proof: Proof) -> list[str]:
    rows, hidden = typography.number(proof.rows, 0), typography.number(proof.hidden_rows, 0)
    cells, covered = typography.number(proof.cells, 0), typography.number(proof.hidden_cells, 0)
    said = [
        f"{proof.name}, {period_name(proof.period)}: {hidden} av {rows} "
        f"värden är dolda ({covered} av {cells} olika tal)."
    ]
    if proof.narrowest is not None:
        said.append(f"  Smalaste spannet för ett dolt litet antal: {_span(proof.narrowest)}.")
    said += [
        f"  Går att räkna ut: {found.cell.what}, {found.cell.where}." for found in proof.open_cells
    ]
    return said


def _span(found: Range) -> str:
    lowest = typography.number(math.ceil(found.lowest - 1e-6), 0)
    if math.isinf(found.highest):
        return f"minst {lowest}"
    highest = typography.number(math.floor(found.highest + 1e-6), 0)
    return f"{lowest} till {highest}, {typography.number(found.values, 0)} möjliga värden"
