"""The commands for deliveries: check, load, pull, history and withdraw."""

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.delivery_text import as_answer, as_facts, tell, tell_changes, tell_summary
from commands.terminal import DONE, FAULTY, WRONG, fail, progress

if TYPE_CHECKING:
    from loaders.delivery import Delivery

Files = Annotated[list[Path], typer.Argument(metavar="FIL…", help="Filer att läsa.")]
Covers = Annotated[
    list[str] | None,
    typer.Option(
        metavar="OMRÅDE",
        help="Avvikelser: ett område som filen täcker helt. Kan anges flera gånger.",
    ),
]


def check(
    files: Files,
    covers: Covers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")] = False,
    facts: Annotated[
        Path | None,
        typer.Option(metavar="UT.json", help="Skriv också vad varje fil skulle publicera."),
    ] = None,
) -> None:
    """Kontrollera filer utan att ändra något."""
    from pipeline import checked

    answers = []
    published = []
    faulty = False
    areas = _areas(covers or [])
    for path in files:
        _need(path)
        with checked(path, covers=areas) as file:
            faulty = faulty or not file.ok
            if facts is not None:
                published.append(as_facts(file, path))
            if as_json:
                answers.append(as_answer(file, path))
            else:
                tell(file)
    if as_json:
        print(json.dumps(answers, ensure_ascii=False, indent=2))
    if facts is not None:
        _write(facts, json.dumps(published, ensure_ascii=False))
    raise typer.Exit(FAULTY if faulty else DONE)


def load(
    files: Files,
    covers: Covers = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            "-y",
            help="Publicera trots varningar, och låt grövre uppgifter ersätta finare.",
        ),
    ] = False,
) -> None:
    """Kontrollera filer och publicera dem som är rätt."""
    from pipeline import checked, publish

    faulty = False
    areas = _areas(covers or [])
    for path in files:
        _need(path)
        with ExitStack() as stack:
            with progress(2) as stage:
                file = stack.enter_context(checked(path, covers=areas, progress=stage))
            if not (file.ok and (yes or _agrees(file))):
                faulty = True
                tell(file)
                print("Ingenting har ändrats.")
                continue
            with progress(3) as stage:
                loaded = publish(file, force=yes, progress=stage)
            tell(file)
            tell_summary(loaded)
    raise typer.Exit(FAULTY if faulty else DONE)


def pull() -> None:
    """Hämta nya filer från källorna i sources.toml; publicera dem eller låt dem vänta."""
    from sources.pull import pull as ask
    from warehouse.journal.arrivals import State

    answers = ask()
    if not answers:
        print("Inga källor är angivna i sources.toml.")
    words = {
        State.PUBLISHED: "publicerad",
        State.KNOWN: "redan inläst",
        State.WAITING: "väntar på beslut på sidan Data",
        State.FAULTY: "publiceras inte",
    }
    for answer in answers:
        new = len(answer.files)
        print(f"{answer.source}: {answer.trouble or (f'{new} nya filer' if new else 'inget nytt')}")
        for file in answer.files:
            print(f"  {file.name}: {words[file.state]}. {file.told}")
    bad = any(
        answer.trouble or any(file.state is State.FAULTY for file in answer.files)
        for answer in answers
    )
    raise typer.Exit(FAULTY if bad else DONE)


def history(
    as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")] = False,
) -> None:
    """Visa vad som har lästs in, senast först."""
    from metrics.values import loads, of_one_version

    with of_one_version():
        found = loads()
    if as_json:
        print(json.dumps([vars(load) for load in found], ensure_ascii=False, indent=2, default=str))
        return
    if not found:
        print("Ingenting har lästs in ännu.")
    for load in found:
        marks = " (exempeldata)" if load.demo else ""
        if load.withdrawn_at:
            marks += f" – återtagen {load.withdrawn_at:%Y-%m-%d %H:%M} av {load.withdrawn_by}: "
            marks += load.withdrawn_reason or ""
        print(
            f"{load.load_id:>5}  {load.loaded_at:%Y-%m-%d %H:%M}  {load.loaded_by}  {load.file}  "
            f"{load.first_period}–{load.last_period}  {load.rows} rader{marks}"
        )


def withdraw(
    load_id: Annotated[int, typer.Argument(metavar="INLÄSNING", help="Numret i historiken.")],
    reason: Annotated[str, typer.Option(help="Varför inläsningen tas tillbaka.")],
) -> None:
    """Ta tillbaka en inläsning; det som den hade ersatt gäller igen."""
    import pipeline

    if not reason.strip():
        fail("Ange en orsak med --reason.", WRONG)
    try:
        done = pipeline.withdraw(load_id, reason=reason.strip())
    except KeyError:
        fail(
            f"Det finns ingen gällande inläsning med nummer {load_id}. Se samverkan history.", WRONG
        )
    print(f"Inläsning {load_id} är återtagen.")
    tell_changes(done)


def _areas(names: list[str]) -> tuple[str, ...]:
    import reference

    found = {name: reference.find_place(name, level="area") for name in names}
    for name, key in found.items():
        if key is None:
            keys = ", ".join(area.key for area in reference.areas())
            fail(f"Okänt område '{name}'. Välj bland: {keys}.", WRONG)
    return tuple(key for key in found.values() if key)


def _need(path: Path) -> None:
    if not path.is_file():
        fail(f"Filen {path} finns inte.", WRONG)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{path} gick inte att skriva: {error.strerror}.", WRONG)


def _agrees(file: "Delivery") -> bool:
    """Whether the user lets warnings pass; finer data is kept unasked, so that needs no answer."""
    asking = [problem for problem in file.warnings if problem.code != "coarser-than-current"]
    if not asking:
        return True
    if not sys.stdin.isatty():
        print("Filen har varningar. Kör igen med --yes för att publicera ändå.")
        return False
    tell(file)
    return typer.confirm("Publicera ändå?")
