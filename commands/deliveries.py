"""The commands for deliveries: check, load, pull, and the headings that users have explained."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.delivery_text import as_answer, as_facts, tell, tell_summary
from commands.terminal import BUSY, DONE, FAULTY, WRONG, fail, progress
from swedish.refusals import why

if TYPE_CHECKING:
    from loaders.delivery import Delivery
    from loaders.questions import Answers
    from pipeline import Progress

Files = Annotated[list[Path], typer.Argument(metavar="FIL…", help="Filer att läsa.")]
Covers = Annotated[
    list[str] | None,
    typer.Option(
        metavar="OMRÅDE",
        help="Avvikelser: ett område som filen täcker helt. Kan anges flera gånger.",
    ),
]

Said = Annotated[
    list[str] | None,
    typer.Option(
        "--answer",
        metavar="FRÅGA=SVAR",
        help="Svar på en fråga som check ställer, med frågans namn eller nummer. "
        "Kan anges flera gånger.",
    ),
]


def check(
    files: Files,
    covers: Covers = None,
    answer: Said = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")] = False,
    facts: Annotated[
        Path | None,
        typer.Option(metavar="UT.json", help="Skriv också vad varje fil skulle publicera."),
    ] = None,
) -> None:
    """Kontrollera filer utan att ändra något."""
    from access.checks import require
    from access.rights import Act

    require(Act.CHECK)
    answers = []
    published = []
    faulty = False
    areas = _areas(covers or [])
    for path in files:
        _need(path)
        with _checked(path, areas, _answers(path, answer, areas)) as file:
            from warehouse.journal import audit

            faulty = faulty or not file.ok
            audit.checked(file.kept_name)
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
    answer: Said = None,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes",
            "-y",
            help="Publicera trots varningar, och låt grövre uppgifter ersätta finare.",
        ),
    ] = False,
    reason: Annotated[
        str, typer.Option(help="Varför, om något som är granskat eller fastställt ändras.")
    ] = "",
) -> None:
    """Kontrollera filer och publicera dem som är rätt."""
    faulty = False
    areas = _areas(covers or [])
    for path in files:
        _need(path)
        with ExitStack() as stack:
            said = _answers(path, answer, areas)
            with progress(2) as stage:
                file = stack.enter_context(_checked(path, areas, said, progress=stage))
            from pipeline import NeedsReason, publish

            if not (file.ok and (yes or _agrees(file))):
                faulty = True
                tell(file)
                print("Ingenting har ändrats.")
                continue
            try:
                with progress(3) as stage:
                    loaded = publish(file, force=yes, reason=reason, progress=stage)
            except NeedsReason as error:
                fail(f"{file.name}: {error} Kör igen med --reason.", FAULTY)
            tell(file)
            tell_summary(loaded)
    raise typer.Exit(FAULTY if faulty else DONE)


def pull() -> None:
    """Hämta nya filer från källorna i sources.toml; publicera dem eller låt dem vänta."""
    from sources.pull import pull as ask
    from warehouse.journal.arrivals import ArrivalState

    answers = ask()
    if not answers:
        print("Inga källor är angivna i sources.toml.")
    words = {
        ArrivalState.PUBLISHED: "publicerad",
        ArrivalState.KNOWN: "redan inläst",
        ArrivalState.WAITING: "väntar på beslut på sidan Data",
        ArrivalState.FAULTY: "publiceras inte",
    }
    for answer in answers:
        new = len(answer.files)
        print(f"{answer.source}: {answer.trouble or (f'{new} nya filer' if new else 'inget nytt')}")
        for file in answer.files:
            print(f"  {file.name}: {words[file.state]}. {file.told}")
    bad = any(
        answer.trouble or any(file.state is ArrivalState.FAULTY for file in answer.files)
        for answer in answers
    )
    raise typer.Exit(FAULTY if bad else DONE)


def list_profiles() -> None:
    """Visa de rubriker som användare har förklarat."""
    from loaders.answering.profiles import not_persons, profiles

    for numbers in not_persons():
        print(f"{numbers} = inte en person")
    for profile in profiles():
        print(f"{profile.name} ({profile.export})")
        for text, key in profile.headings:
            print(f"  {text} = {key}")


def remove_profile(name: Annotated[str, typer.Argument(metavar="NAMN")]) -> None:
    """Ta bort en profil; nästa fil med dess rubriker frågas det om igen."""
    from access.checks import require
    from access.rights import Act
    from loaders.answering import profiles

    require(Act.CHECK)
    known = [profile.name for profile in profiles.profiles()]
    if name not in (*known, *profiles.not_persons()):
        fail(f"Det finns ingen profil som heter {name}. Se samverkan profile list.", WRONG)
    try:
        profiles.remove(name)
    except OSError as error:
        fail(f"Profilen gick inte att ta bort: {why(error)}.", BUSY)
    print(f"Profilen {name} är borttagen.")


@contextmanager
def _checked(
    path: Path,
    areas: tuple[str, ...],
    answers: "Answers",
    *,
    progress: "Progress" = lambda _: None,
) -> "Iterator[Delivery]":
    """The file checked; it is opened while what checks it is imported."""
    from loaders.opening import opening
    from settings import settings

    with opening(path, limits=settings()) as begun:
        from pipeline import checked

        with checked(path, covers=areas, answers=answers, progress=progress, begun=begun) as file:
            yield file


def _areas(names: list[str]) -> tuple[str, ...]:
    import reference

    key_by_name = {name: reference.find_place(name, level="area") for name in names}
    for name, key in key_by_name.items():
        if key is None:
            keys = ", ".join(area.key for area in reference.areas())
            fail(f"Okänt område '{name}'. Välj bland: {keys}.", WRONG)
    return tuple(key for key in key_by_name.values() if key)


def _answers(path: Path, texts: list[str] | None, areas: tuple[str, ...]) -> "Answers":
    """What the user has said of a file; a number is that of the question which check asks."""
    from loaders.questions import Answers, chosen

    pairs = [
        (key.strip(), said.strip()) for key, _, said in (t.rpartition("=") for t in texts or ())
    ]
    if any(not key or not said for key, said in pairs):
        fail("Skriv svaret som --answer FRÅGA=SVAR.", WRONG)
    given = Answers(tuple((key, said) for key, said in pairs if not key.isdigit()))
    numbered = [(int(key), said) for key, said in pairs if key.isdigit()]
    if not numbered:
        return given
    with _checked(path, areas, given) as file:
        asked = file.questions
    if wrong := [number for number, _ in numbered if not 0 < number <= len(asked)]:
        fail(f"{path.name} har ingen fråga {wrong[0]}.", WRONG)
    more = [(asked[number - 1], said) for number, said in numbered]
    return Answers((*given.given, *((q.key, chosen(q.options, said) or said) for q, said in more)))


def _need(path: Path) -> None:
    if not path.is_file():
        fail(f"Filen {path} finns inte.", WRONG)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{path} gick inte att skriva: {why(error)}.", WRONG)


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
