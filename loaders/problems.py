"""The catalogue of what can be wrong with a file: stable codes, severity, what to do about each."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby

from loaders.questions import Question


class Severity(StrEnum):
    """An error keeps the file from being published; a warning leaves it to the user."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class ProblemKind:
    """One entry of the catalogue: its severity, a title, and what a person does about it."""

    severity: Severity
    title: str
    advice: str


# So many cells of one fault are named; the rest are counted.
_CELLS_SHOWN = 6
E, W = Severity.ERROR, Severity.WARNING

KINDS: Mapping[str, ProblemKind] = {
    "unknown-export": ProblemKind(
        E,
        "Okänd fil",
        "Kontrollera att det är rätt fil. Kolumnrubrikerna ska finnas i bladet; "
        "vilka rubriker som känns igen står i användarguiden.",
    ),
    "missing-column": ProblemKind(
        E, "Kolumn saknas", "Lägg till kolumnen, eller ge den en rubrik som känns igen."
    ),
    "question": ProblemKind(
        E,
        "Behöver ett svar",
        "Svara på sidan Data, eller med --answer på kommandoraden.",
    ),
    "unknown-municipality": ProblemKind(
        E, "Okänd kommun", "Rätta namnet eller skriv kommunkoden med fyra siffror."
    ),
    "outside-county": ProblemKind(
        W, "Kommun utanför länet", "Raden tas inte med. Ta bort den om varningen ska försvinna."
    ),
    "lone-area": ProblemKind(
        W,
        "Område utan sina kommuner",
        "Raden läses inte: talen är per kommun, och ett områdes rad är bara en kontrollsumma. Ta "
        "ut områdets kommuner också.",
    ),
    "fraction-for-percent": ProblemKind(
        W,
        "Andel som ser ut att vara ett bråk",
        "Skriv andelen i procent, 75,5 och inte 0,755, eller ge täljare och nämnare.",
    ),
    "no-municipality": ProblemKind(
        W,
        "Ärende utan kommun",
        "Det tas inte med. Lägg till kolumnen Kommun om det ska räknas.",
    ),
    "unknown-place": ProblemKind(
        E,
        "Okänd plats",
        "Skriv en kommun, ett vårdsamverkansområde, ett sjukhus eller länet.",
    ),
    "unknown-category": ProblemKind(
        W,
        "Kategori som inte finns i tabellen",
        "Den visas som den står. Lägg till den i tabellen deviation_categories.csv om den är en "
        "egen kategori eller ett annat namn på en som finns.",
    ),
    "not-a-number": ProblemKind(E, "Inte ett tal", "Skriv ett tal, eller - om uppgift saknas."),
    "not-a-date": ProblemKind(E, "Inte ett datum", "Skriv datum som ÅÅÅÅ-MM-DD."),
    "not-a-period": ProblemKind(
        E, "Inte en period", "Skriv perioden som 2019-07, 2020-K1 eller 2020."
    ),
    "not-allowed": ProblemKind(E, "Värde som inte är tillåtet", "Välj ett av de tillåtna värdena."),
    "required": ProblemKind(
        E, "Uppgift saknas", "Fyll i värdet, eller skriv - om det inte är rapporterat."
    ),
    "negative": ProblemKind(
        E, "Negativt tal", "Ett antal kan inte vara mindre än noll. Rätta talet."
    ),
    "part-exceeds-whole": ProblemKind(
        E, "Delen är större än helheten", "Rätta det av talen som är fel."
    ),
    "date-order": ProblemKind(
        W, "Datum i fel ordning", "Kontrollera datumen mot källsystemet; båda tas med som de står."
    ),
    "duplicate-row": ProblemKind(E, "Raden finns två gånger", "Ta bort den ena raden."),
    "total-mismatch": ProblemKind(
        W, "Summan stämmer inte", "Kontrollera om en rad saknas eller om summan är gammal."
    ),
    "mean-mismatch": ProblemKind(
        W,
        "Medelvärdet eller andelen stämmer inte",
        "Kontrollera talet, och det som det är räknat på, mot källan.",
    ),
    "days-mismatch": ProblemKind(
        W,
        "Dagarna stämmer inte med datumen",
        "Dagarna räknas ur datumen. Kontrollera vilka dagar källsystemet räknar, och att "
        "rubrikerna står över rätt datum.",
    ),
    "ambiguous-amount": ProblemKind(
        W, "Belopp som kan läsas på två sätt", "Kontrollera läsningen, eller skriv ut alla siffror."
    ),
    "error-cell": ProblemKind(
        E, "Cellen innehåller ett fel från Excel", "Rätta formeln eller skriv in värdet."
    ),
    "formula-without-value": ProblemKind(
        E,
        "Formel utan sparat värde",
        "Öppna filen i Excel eller LibreOffice, spara den och försök igen.",
    ),
    "personal-identity-number": ProblemKind(
        E,
        "Personnummer eller samordningsnummer",
        "Hela filen avvisas och ingenting sparas. Ta bort uppgiften ur filen i källsystemet.",
    ),
    "no-disclosure-control": ProblemKind(
        E,
        "Uppgifter utan röjandekontroll",
        "Filen behöver inte ändras. Den som sköter samverkan anger hur få personer döljs i "
        "uppgifterna, och sedan läses filen in på nytt.",
    ),
    "coarser-than-current": ProblemKind(
        W,
        "Grövre än det som redan finns",
        "De finare uppgifterna behålls om inget annat sägs.",
    ),
    "coverage-shrank": ProblemKind(
        W, "Färre kommuner än förra gången", "Kontrollera att uttaget är fullständigt."
    ),
    "gap": ProblemKind(
        W,
        "Kommun utan rader",
        "Den räknas som ej rapporterad, om ingen tidigare fil har den. "
        "Var det verkligen ingen, svara det.",
    ),
    "unlikely-change": ProblemKind(
        W, "Osannolikt stor förändring", "Kontrollera talet mot källan innan filen publiceras."
    ),
    "not-a-spreadsheet": ProblemKind(
        E,
        "Filen går inte att läsa",
        "Ta ut tabellen ur källsystemet som .xlsx eller .csv, eller spara filen på nytt så.",
    ),
    "binary-workbook": ProblemKind(
        E,
        "Binär arbetsbok",
        "Öppna filen i Excel, välj Spara som och typen Excel-arbetsbok (*.xlsx).",
    ),
    "unclear-row": ProblemKind(
        E,
        "Rad som kan läsas på två sätt",
        "Ta ut filen på nytt ur källsystemet, eller rätta raden i Anteckningar (ett citattecken "
        '" eller ett avgränsande tecken är för mycket eller saknas) och spara igen.',
    ),
    "unreadable": ProblemKind(
        E,
        "Filen gick inte att läsa",
        "Ingenting har ändrats. Öppna filen i Excel, spara den på nytt som .xlsx och försök igen; "
        "hjälper det inte, lämna felnumret till den som sköter samverkan.",
    ),
    "encrypted": ProblemKind(E, "Filen är lösenordsskyddad", "Spara en kopia utan lösenord."),
    "macro": ProblemKind(E, "Filen innehåller makron", "Spara filen som .xlsx, utan makron."),
    "too-large": ProblemKind(E, "Filen är för stor", "Dela upp uttaget i flera filer."),
    "unsafe-xml": ProblemKind(
        E, "Filen innehåller otillåten XML", "Öppna filen i Excel och spara den på nytt som .xlsx."
    ),
    "empty": ProblemKind(
        E, "Filen är tom", "Kontrollera uttaget; filen innehåller inga uppgifter."
    ),
}


@dataclass(frozen=True)
class Problem:
    """One fault: which, where, what stands there, and in Swedish what was expected and what to do.

    `cell` is as a spreadsheet shows it (B5), `column` the heading's meaning for a user; both are
    None where the fault is the file's or the sheet's. One answer to its `question` may mend it.
    """

    code: str
    message: str
    sheet: str | None = None
    cell: str | None = None
    column: str | None = None
    value: str | None = None
    question: Question | None = None

    def __post_init__(self) -> None:
        if self.code not in KINDS:
            raise ValueError(f"{self.code} is not in the catalogue of problems")

    @property
    def severity(self) -> Severity:
        """Whether the file may be published all the same."""
        return KINDS[self.code].severity

    @property
    def advice(self) -> str:
        """What the user can do about it, one or two Swedish sentences."""
        return KINDS[self.code].advice

    def as_dict(self) -> dict[str, str | None]:
        """The form of `samverkan check --json`; the message carries the advice."""
        fields = asdict(self)
        fields.pop("question")
        fields["message"] = f"{self.message} {self.advice}"
        order = ("code", "severity", "sheet", "cell", "column", "value", "message")
        return {name: fields.get(name, str(self.severity)) for name in order}


def asked(question: Question, *, sheet: str | None = None, column: str | None = None) -> Problem:
    """A question as a problem: until it is answered the file is not published."""
    return Problem(
        code="question", message=question.text, sheet=sheet, column=column, question=question
    )


class Refused(Exception):
    """The file cannot be read at all, or must not be; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refuse(code: str, message: str, *, sheet: str | None = None) -> Refused:
    """A refusal of the whole file, to be raised."""
    return Refused(Problem(code=code, message=message, sheet=sheet))


@dataclass(frozen=True)
class Fault:
    """The same fault in one or many cells."""

    code: str
    severity: Severity
    title: str
    sheet: str
    cells: str
    count: int
    column: str
    value: str
    message: str
    advice: str


def grouped(problems: Sequence[Problem]) -> list[Fault]:
    """Problems with those that say the same thing in the same sheet put together, in file order."""

    def same(problem: Problem) -> tuple[str, str, str]:
        return problem.code, problem.sheet or "", problem.message

    order = {key: number for number, key in reversed(list(enumerate(map(same, problems))))}
    groups = [
        list(group)
        for _, group in groupby(sorted(problems, key=lambda p: order[same(p)]), key=same)
    ]
    return [
        Fault(
            code=first.code,
            severity=first.severity,
            title=KINDS[first.code].title,
            sheet=first.sheet or "",
            cells=_cells([problem.cell for problem in group if problem.cell]),
            count=len(group),
            column=first.column or "",
            value=first.value or "",
            message=first.message,
            advice=first.advice,
        )
        for group in groups
        for first in group[:1]
    ]


def _cells(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_CELLS_SHOWN])
    more = len(names) - _CELLS_SHOWN
    return f"{shown} och {more} till" if more > 0 else shown
