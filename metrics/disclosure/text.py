"""The proof that what is hidden stays hidden, in words for whoever asks on the command line."""

import math
from collections.abc import Sequence

from metrics.disclosure.audit import Range
from metrics.proof import Proof, Whole
from swedish import typography
from swedish.periods import period_name
from warehouse.journal.tried.attacks import Attack


def report(proofs: Sequence[Proof], whole: Sequence[Whole] = ()) -> list[str]:
    """What is published and hidden, the narrowest range that is left open, and the verdict.

    What is shown `whole` is said before the verdict.

    Nothing is named but what has failed, and no value is told.
    """
    said = [line for proof in proofs for line in _one(proof)]
    said += [f"{one.name}, {period_name(one.period)}: inget döljs, {one.why}." for one in whole]
    failed = sum(len(proof.open_cells) for proof in proofs)
    told = sum(proof.told for proof in proofs if proof.beside is None)
    if failed:
        said.append(f"{typography.plural(failed, 'dolt tal', 'dolda tal')} går att räkna ut.")
    else:
        said.append("Inget dolt tal går att räkna ut.")
    if told:
        said.append(f"{_few(told)} framgår av summan av dagar ensam.")
    return said


def _one(proof: Proof) -> list[str]:
    rows, hidden = typography.number(proof.rows, 0), typography.number(proof.hidden_rows, 0)
    cells, covered = typography.number(proof.cells, 0), typography.number(proof.hidden_cells, 0)
    what = f"{proof.name}, {period_name(proof.period)}"
    if proof.beside is None:
        said = [f"{what}: {hidden} av {rows} värden är dolda ({covered} av {cells} olika tal)."]
    else:
        said = [f"{what}, tillsammans med version {proof.beside} och senare: {cells} olika tal."]
    if proof.narrowest is not None:
        said.append(f"  Smalaste spannet för ett dolt litet antal: {_span(proof.narrowest)}.")
    said += [
        f"  Går att räkna ut: {interval.cell.what}, {interval.cell.where}."
        for interval in proof.open_cells
    ]
    return said


def certified(attack: Attack) -> str:
    """What an attack on a version was on and came to, in sentences."""
    what = f"{period_name(attack.period)} i " if attack.period else ""
    numbers, hidden = typography.number(attack.numbers, 0), typography.number(attack.hidden, 0)
    said = [
        f"Prövat {attack.at:%Y-%m-%d %H.%M}: {what}version {attack.version}, {numbers} tal varav "
        f"{hidden} dolda, angripna tillsammans med linjär- och heltalsprogrammering, och med allt "
        "som de äldre versioner som finns kvar visar."
    ]
    if attack.worked_out:
        said.append(
            f"{typography.plural(attack.worked_out, 'dolt tal', 'dolda tal')} går att räkna ut."
        )
    else:
        said.append("Inget dolt tal går att räkna ut.")
    if attack.lowest is not None:
        end = "eller mer" if attack.highest is None else f"till {attack.highest}"
        said.append(f"Smalaste spannet för ett dolt litet antal är {attack.lowest} {end}.")
    if attack.told:
        said.append(
            f"{_few(attack.told)} framgår av summan av dagar ensam, som när en enda dag är en "
            "persons."
        )
    return " ".join(said)


def _few(number: int) -> str:
    return typography.plural(number, "litet antal", "små antal")


def _span(interval: Range) -> str:
    lowest = typography.number(interval.first, 0)
    if math.isinf(interval.highest):
        return f"minst {lowest}"
    highest = typography.number(interval.last, 0)
    return f"{lowest} till {highest}, {typography.number(interval.values, 0)} möjliga värden"
