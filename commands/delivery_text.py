"""What the commands say of a file and of what became of it."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.delivery import Delivery
    from loaders.reading.book import Book
    from metrics.changes.comparison import Change
    from pipeline import Loaded


def as_answer(file: "Delivery", path: Path) -> dict[str, object]:
    """A checked file as `check --json` gives it."""
    return {
        "file": str(path),
        "export": file.export.key if file.export else None,
        "sheets": file.sheets,
        "rows": file.rows,
        "problems": [problem.as_dict() for problem in file.problems],
        "questions": [asdict(question) for question in file.questions],
        "receipt": file.receipt.as_dict() if file.receipt else None,
    }


def as_facts(file: "Delivery", path: Path) -> dict[str, object]:
    """What a checked file would publish, as `check --facts` gives it."""
    from loaders import publishable

    return {
        "file": str(path),
        "ok": file.ok,
        "export": file.export.key if file.export else None,
        "warnings": sorted({problem.code for problem in file.warnings}),
        "facts": publishable.rows(file),
    }


def tell(file: "Delivery") -> None:
    """Print what a file is and what is wrong with it."""
    from loaders.problems import grouped

    kind = file.export.title if file.export else "känns inte igen"
    state = f"{file.rows} rader, inga fel" if file.ok else "fel som måste rättas"
    _print(f"{file.name}: {kind} – {state}")
    if file.coverage:
        _print(f"  {file.coverage} Stämmer inte områdena, ange dem med --covers.")
    if file.receipt and file.rows:
        for sentence in file.receipt.sentences:
            _print(f"  {sentence}")
    for fault in grouped([p for p in file.problems if p.code != "question"]):
        mark = "fel" if fault.severity == "error" else "varning"
        cells = f"{'cell' if fault.count == 1 else f'{fault.count} celler:'} {fault.cells}"
        where = ", ".join(
            part
            for part in (f"blad {fault.sheet}" if fault.sheet else "", cells if fault.cells else "")
            if part
        )
        _print(f"  {mark} [{fault.code}] {where + ': ' if where else ''}{fault.message}")
        _print(f"      {fault.advice}")
    if file.export is None and file.book is not None:
        _tell_proposal(file.book)
    for number, question in enumerate(file.questions, start=1):
        _print(f"  fråga {number}: {question.text}")
        for value, label in question.options:
            _print(f'      --answer "{question.key}={value}"  {label}')
        if not question.options:
            _print(f'      --answer "{question.key}={question.example or "…"}"')


def _tell_proposal(book: "Book") -> None:
    """Print the headings that a book nobody knows has, and what they could be answered as."""
    import pipeline
    from loaders.answering.profiles import extended
    from loaders.answering.proposal import headings_of, propose

    for sheet, texts in headings_of(book).items():
        _print(f"  rubriker på bladet {sheet}: {', '.join(texts)}")
    for likely in propose(book, extended(pipeline.exports()))[:1]:
        lacking = ", ".join(column.label for column in likely.lacking)
        _print(
            f"  närmast: {likely.export.title}{f'; utan egen kolumn: {lacking}' if lacking else ''}"
        )
        for guess in likely.columns:
            if guess.key and not guess.known:
                _print(f'      --answer "{guess.heading}={likely.export.column(guess.key).label}"')


def tell_summary(loaded: "Loaded") -> None:
    """Print what publishing a file came to."""
    if loaded.load_id is None:
        _print("Filen är redan inläst. Ingenting har ändrats.")
        return
    _print(f"Publicerad som inläsning {loaded.load_id}, version {loaded.version}.")
    if loaded.kept_finer:
        _print(
            f"Finare uppgifter behölls för {loaded.kept_finer} kombinationer av kommun och månad. "
            "Kör igen med --yes för att ersätta dem."
        )
    tell_changes(loaded)


def tell_changes(loaded: "Loaded") -> None:
    """Print how many values a publication made, changed and took away, and in which reports."""
    from metrics.changes import corrections, late

    tell_values(loaded.changes)
    if loaded.withheld:
        _print(late.sentence(loaded.withheld))
    if loaded.reports:
        _print(corrections.sentence(loaded.reports))


def tell_values(changes: "Sequence[Change]") -> None:
    """Print how many values are new, changed and gone."""
    from metrics.catalogue import name_of
    from swedish.typography import plural

    for change in changes:
        if not (change.new or change.changed or change.lost):
            continue
        _print(
            f"  {name_of(change.indicator)}: {plural(change.new, 'nytt värde', 'nya värden')}, "
            f"{plural(change.changed, 'ändrat', 'ändrade')}, "
            f"{plural(change.lost, 'borttaget', 'borttagna')}"
        )


def _print(text: str) -> None:
    """Print text with names and cells from files, whose signs may not steer the terminal."""
    print("".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in text))
