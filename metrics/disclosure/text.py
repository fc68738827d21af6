"""The proof that what is hidden stays hidden, in words for whoever asks on the command line."""

import math
from collections.abc import Sequence

import swedish
from metrics.catalogue import DATASETS
from metrics.disclosure.audit import Range
from metrics.protect import Proof


def report(proofs: Sequence[Proof]) -> list[str]:
    """What is published and hidden, the narrowest range that is left open, and the verdict.

    Nothing is named but what has failed, and no value is told.
    """
    said = [line for proof in proofs for line in _one(proof)]
    failed = sum(len(proof.open_cells) for proof in proofs)
    if failed:
        said.append(f"{swedish.plural(failed, 'dolt tal', 'dolda tal')} går att räkna ut.")
    else:
        said.append("Inget dolt tal går att räkna ut.")
    return said


def _one(proof: Proof) -> list[str]:
    rows, hidden = swedish.number(proof.rows, 0), swedish.number(proof.hidden_rows, 0)
    cells, covered = swedish.number(proof.cells, 0), swedish.number(proof.hidden_cells, 0)
    said = [
        f"{DATASETS[proof.dataset]}, {swedish.period_name(proof.period)}: {hidden} av {rows} "
        f"värden är dolda ({covered} av {cells} olika tal)."
    ]
    if proof.narrowest is not None:
        said.append(f"  Smalaste spannet för ett dolt litet antal: {_span(proof.narrowest)}.")
    said += [
        f"  Går att räkna ut: {found.cell.what}, {found.cell.where}." for found in proof.open_cells
    ]
    return said


def _span(found: Range) -> str:
    lowest = swedish.number(math.ceil(found.lowest - 1e-6), 0)
    if math.isinf(found.highest):
        return f"minst {lowest}"
    highest = swedish.number(math.floor(found.highest + 1e-6), 0)
    return f"{lowest} till {highest}, {swedish.number(found.values, 0)} möjliga värden"
