"""The command `samverkan`. What a command needs is imported when it runs, so that help is quick."""

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from settings import SettingsError

if TYPE_CHECKING:
    from loaders.delivery import Delivery
    from metrics.values import Value
    from pipeline import Loaded

DONE, FAULTY, BUSY = 0, 1, 3


class _Commands(TyperGroup):
    """The commands; a settings file that cannot be used stops any of them with its reason."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            _fail(str(error), 2)


app = typer.Typer(
    cls=_Commands,
    help="Uppföljning av vårdsamverkan: kontrollera, läsa in och visa.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How values are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Level(StrEnum):
    """Which kind of place values are for."""

    COUNTY = "county"
    AREA = "area"
    MUNICIPALITY = "municipality"
    HOSPITAL = "hospital"
    RECIPIENT = "recipient"
    NOSAM = "nosam"
    PROGRAMME = "programme"


class ReportKind(StrEnum):
    """The kinds of report."""

    BRIEFING = "briefing"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


class By(StrEnum):
    """What values can be told apart by."""

    PROCESS = "process"


class CareForm(StrEnum):
    """Which patients are counted."""

    SOMATIK = "somatik"
    PSYKIATRI = "psykiatri"


Files = Annotated[list[Path], typer.Argument(metavar="FIL…", help="Filer att läsa.")]
Covers = Annotated[
    list[str] | None,
    typer.Option(
        metavar="OMRÅDE",
        help="Avvikelser: ett område som filen täcker helt. Kan anges flera gånger.",
    ),
]


@app.command()
def check(
    files: Files,
    covers: Covers = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")] = False,
) -> None:
    """Kontrollera filer utan att ändra något."""
    from pipeline import checked

    answers = []
    faulty = False
    areas = _areas(covers or [])
    for path in files:
        _need(path)
        with checked(path, covers=areas) as file:
            faulty = faulty or not file.ok
            if as_json:
                answers.append(_answer(file, path))
            else:
                _report(file)
    if as_json:
        print(json.dumps(answers, ensure_ascii=False, indent=2))
    raise typer.Exit(FAULTY if faulty else DONE)


@app.command()
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
    from warehouse.store import WarehouseError

    faulty = False
    areas = _areas(covers or [])
    for path in files:
        _need(path)
        with ExitStack() as stack:
            with _progress(2) as tell:
                file = stack.enter_context(checked(path, covers=areas, progress=tell))
            if not (file.ok and (yes or _agrees(file))):
                faulty = True
                _report(file)
                print("Ingenting har ändrats.")
                continue
            try:
                with _progress(3) as tell:
                    loaded = publish(file, force=yes, progress=tell)
            except WarehouseError as error:
                _fail(str(error), BUSY)
            _report(file)
            _summary(loaded)
    raise typer.Exit(FAULTY if faulty else DONE)


@app.command()
def pull() -> None:
    """Hämta nya filer från källorna i sources.toml; publicera dem eller låt dem vänta."""
    from sources.declaration import SourcesError
    from sources.pull import pull as ask
    from warehouse.arrivals import State
    from warehouse.store import WarehouseError

    try:
        answers = ask()
    except SourcesError as error:
        _fail(str(error), 2)
    except WarehouseError as error:
        _fail(str(error), BUSY)
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


@app.command()
def history(
    as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")] = False,
) -> None:
    """Visa vad som har lästs in, senast först."""
    from metrics.values import loads

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


@app.command()
def withdraw(
    load_id: Annotated[int, typer.Argument(metavar="INLÄSNING", help="Numret i historiken.")],
    reason: Annotated[str, typer.Option(help="Varför inläsningen tas tillbaka.")],
) -> None:
    """Ta tillbaka en inläsning; det som den hade ersatt gäller igen."""
    import pipeline
    from warehouse.store import WarehouseError

    if not reason.strip():
        _fail("Ange en orsak med --reason.", 2)
    try:
        done = pipeline.withdraw(load_id, reason=reason.strip())
    except KeyError:
        _fail(f"Det finns ingen gällande inläsning med nummer {load_id}. Se samverkan history.", 2)
    except WarehouseError as error:
        _fail(str(error), BUSY)
    print(f"Inläsning {load_id} är återtagen.")
    _changes(done)


@app.command()
def values(
    indicator: Annotated[str, typer.Argument(metavar="INDIKATOR")],
    level: Annotated[Level | None, typer.Option(help="Vilken nivå.")] = None,
    place: Annotated[
        str | None, typer.Option(help="Kommunkod, kommunnamn, områdesnyckel eller sjukhus.")
    ] = None,
    care_form: Annotated[CareForm | None, typer.Option("--care-form", help="Vårdform.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="Första perioden, 2019-07.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Sista perioden.")] = None,
    by: Annotated[By | None, typer.Option(help="Avvikelser: var process för sig.")] = None,
    form: Annotated[Format, typer.Option("--format", help="Hur värdena skrivs.")] = Format.TABLE,
    raw: Annotated[
        bool,
        typer.Option("--raw", help="Utan röjandekontroll; bara för eget bruk."),
    ] = False,
) -> None:
    """Skriv en indikators värden."""
    import reference
    import swedish
    from metrics.catalogue import SLICES, indicators
    from metrics.values import values as values_of

    if indicator not in indicators():
        _fail(f"Okänd indikator '{indicator}'. Välj en av: {', '.join(indicators())}.", 2)
    at = level.value if level else None
    chosen = indicators()[indicator]
    told_apart = SLICES.get(chosen.dataset) if by or chosen.dataset == "funds" else None
    if by and told_apart != by:
        _fail(f"--by {by} gäller avvikelser, inte '{indicator}'.", 2)
    if care_form and chosen.dataset != "discharges":
        _fail(f"--care-form gäller inte '{indicator}'.", 2)
    named = chosen.dataset == "funds"
    where = place if named else reference.find_place(place, level=at) if place else None
    if place and where is None:
        _fail(f"Okänd plats '{place}'. Skriv en kommun, ett område, ett sjukhus eller lan.", 2)
    for period in filter(None, (start, end)):
        if not swedish.is_period(period):
            _fail(f"'{period}' är ingen period. Skriv till exempel 2019-07 eller 2020-K1.", 2)
    read = partial(
        values_of,
        indicator=indicator,
        level=at,
        place=where,
        care_form=None if told_apart else care_form.value if care_form else "alla",
        start=start,
        end=end,
    )
    found = read(raw=raw)
    if not found and not raw and read(raw=True):
        print("Så fint uppdelat visas inga värden: de flesta är för få.", file=sys.stderr)
    _write_values(found, form, decimals=chosen.decimals, told_apart=told_apart)


@app.command()
def disclosure(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="2019-07, 2020-K1 eller 2020.")],
) -> None:
    """Pröva att inget dolt tal går att räkna ut ur det som visas för en period."""
    import swedish
    from metrics.disclosure_cube import proofs
    from metrics.disclosure_text import report

    if not swedish.is_period(period):
        _fail(f"'{period}' är ingen period. Skriv till exempel 2019-07 eller 2020-K1.", 2)
    found = proofs(period)
    if not found:
        _fail(f"Det finns inget att pröva för {swedish.period_name(period)}.", 2)
    for line in report(found):
        print(line)
    raise typer.Exit(FAULTY if any(proof.open_cells for proof in found) else DONE)


@app.command()
def template(
    export: Annotated[str, typer.Argument(metavar="EXPORT", help="Vilken export.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Filen att skriva, .xlsx.")],
) -> None:
    """Skriv en Excelmall att fylla i för en export."""
    from loaders import templates
    from pipeline import exports

    known = {declared.key: declared for declared in exports()}
    if export not in known:
        _fail(f"Okänd export '{export}'. Välj en av: {', '.join(known)}.", 2)
    try:
        templates.write(known[export], output)
    except OSError as error:
        _fail(f"{output} går inte att skriva ({error.strerror}).", 2)
    print(f"Mallen är skriven till {output}.")


@app.command()
def report(
    kind: Annotated[ReportKind, typer.Argument(metavar="SLAG", help="Vilken rapport.")],
    period: Annotated[str, typer.Option(help="Månaden, 2026-10, eller kvartalet, 2026-K3.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Filen: .pptx, .docx, .pdf eller .xlsx.")
    ],
    area: Annotated[str, typer.Option(help="Områdets nyckel eller namn, eller lan.")] = "lan",
) -> None:
    """Gör en rapport: underlag till SRO, kvartalsrapport eller månadsrapport."""
    from datetime import datetime

    import reference
    from reports.making import Order, file
    from reports.model import ReportError
    from settings import SettingsError
    from warehouse.store import WarehouseError

    place = area if area == reference.COUNTY else reference.find_place(area, level="area")
    if place is None:
        keys = ", ".join([reference.COUNTY, *(one.key for one in reference.areas())])
        _fail(f"Okänt område '{area}'. Välj ett av: {keys}.", 2)
    order = Order(kind=kind, place=place, period=period, made=datetime.now().replace(microsecond=0))
    try:
        output.write_bytes(file(order, output.suffix.lower().removeprefix(".")))
    except (ReportError, SettingsError) as error:
        _fail(str(error), FAULTY)
    except WarehouseError as error:
        _fail(str(error), BUSY)
    except OSError as error:
        _fail(f"{output} går inte att skriva ({error.strerror}).", 2)
    print(f"Rapporten är skriven till {output}.")


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Porten på 127.0.0.1.")] = 8501,
    pull_every: Annotated[
        str | None,
        typer.Option(help="Hämta från källorna så ofta, till exempel 15m eller 1h."),
    ] = None,
) -> None:
    """Starta instrumentpanelen på den egna datorn."""
    import pipeline
    from sources import background
    from sources.declaration import SourcesError, sources
    from warehouse import store

    seconds = background.seconds(pull_every) if pull_every else None
    if pull_every and seconds is None:
        _fail(f"'{pull_every}' är ingen tid. Skriv till exempel 15m eller 1h, minst 1m.", 2)
    if seconds:
        try:
            sources()
        except SourcesError as error:
            _fail(str(error), 2)
    try:
        if store.version() is None:
            print("Datalagret är tomt. Läser in exempeldata …")
            pipeline.load_demo()
        else:
            pipeline.refresh(print)
    except store.WarehouseError as error:
        _fail(str(error), BUSY)
    import server

    try:
        with background.pulling(seconds) if seconds else nullcontext():
            server.serve(port=port)
    except OSError as error:
        _fail(f"Porten {port} går inte att använda ({error.strerror}). Välj en annan: --port.", 2)


def _areas(names: list[str]) -> tuple[str, ...]:
    import reference

    found = {name: reference.find_place(name, level="area") for name in names}
    for name, key in found.items():
        if key is None:
            keys = ", ".join(area.key for area in reference.areas())
            _fail(f"Okänt område '{name}'. Välj bland: {keys}.", 2)
    return tuple(key for key in found.values() if key)


def _need(path: Path) -> None:
    if not path.is_file():
        _fail(f"Filen {path} finns inte.", 2)


def _fail(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(code)


def _answer(file: "Delivery", path: Path) -> dict[str, object]:
    return {
        "file": str(path),
        "export": file.export.key if file.export else None,
        "sheets": file.sheets,
        "rows": file.rows,
        "problems": [problem.as_dict() for problem in file.problems],
    }


def _report(file: "Delivery") -> None:
    kind = file.export.title if file.export else "känns inte igen"
    state = f"{file.rows} rader, inga fel" if file.ok else "fel som måste rättas"
    print(f"{file.name}: {kind} – {state}")
    if file.coverage:
        print(f"  {file.coverage} Stämmer inte områdena, ange dem med --covers.")
    for problem in file.problems:
        mark = "fel" if problem.severity == "error" else "varning"
        where = ", ".join(
            part
            for part in (
                f"blad {problem.sheet}" if problem.sheet else "",
                f"cell {problem.cell}" if problem.cell else "",
            )
            if part
        )
        print(f"  {mark} [{problem.code}] {where + ': ' if where else ''}{problem.message}")
        print(f"      {problem.advice}")


def _agrees(file: "Delivery") -> bool:
    """Whether the user lets warnings pass; finer data is kept unasked, so that needs no answer."""
    asking = [problem for problem in file.warnings if problem.code != "coarser-than-current"]
    if not asking:
        return True
    if not sys.stdin.isatty():
        print("Filen har varningar. Kör igen med --yes för att publicera ändå.")
        return False
    _report(file)
    return typer.confirm("Publicera ändå?")


def _summary(loaded: "Loaded") -> None:
    if loaded.load_id is None:
        print("Filen är redan inläst. Ingenting har ändrats.")
        return
    print(f"Publicerad som inläsning {loaded.load_id}, version {loaded.version}.")
    if loaded.kept_finer:
        print(
            f"Finare uppgifter behölls för {loaded.kept_finer} kombinationer av kommun och månad. "
            "Kör igen med --yes för att ersätta dem."
        )
    _changes(loaded)


def _changes(loaded: "Loaded") -> None:
    from metrics import corrections
    from metrics.catalogue import indicator

    for change in loaded.changes:
        if not (change.new or change.changed or change.lost):
            continue
        print(
            f"  {indicator(change.indicator).name}: {change.new} nya värden, "
            f"{change.changed} ändrade, {change.lost} borttagna"
        )
    if loaded.reports:
        print(corrections.sentence(loaded.reports))


def _write_values(
    found: "list[Value]", form: Format, *, decimals: int, told_apart: str | None
) -> None:
    from metrics.values import COLUMNS

    rows = [
        {column: getattr(value, column) for column in COLUMNS}
        | ({told_apart: value.part} if told_apart else {})
        for value in found
    ]
    columns = [*COLUMNS, *([told_apart] if told_apart else [])]
    match form:
        case Format.JSON:
            print(json.dumps(rows, ensure_ascii=False, indent=2))
        case Format.CSV:
            writer = csv.DictWriter(sys.stdout, fieldnames=columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows({key: _plain(value) for key, value in row.items()} for row in rows)
        case Format.TABLE:
            import swedish

            for row in found:
                print(
                    f"{row.period}  {row.name:<36} {swedish.number(row.value, decimals):>12}  "
                    f"{row.status:<12} {row.reported} av {row.expected}"
                    f"{f'  {row.part}' if told_apart else ''}"
                )
            if not found:
                print("Inga värden.")


def _plain(value: object) -> object:
    """Dot decimals, whole numbers without decimals, and nothing where there is no number."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value


@contextmanager
def _progress(stages: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal that says which stage goes on; nothing where nobody watches."""
    watched = sys.stderr.isatty()
    with typer.progressbar(
        length=stages, file=sys.stderr, hidden=not watched, show_eta=False, fill_char="█"
    ) as bar:

        def tell(stage: str) -> None:
            begun = bool(bar.label)
            bar.label = f"{stage:<24}"
            bar.update(int(begun))
            bar.render_progress()

        yield tell
        bar.update(1)
