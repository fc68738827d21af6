"""The questions whether what is there is all there is."""

from loaders.declaration import Column
from loaders.locating.tables import SheetTable
from loaders.problems import Problem, asked
from loaders.questions import Question, listed


def whether(text: str, words: str, table: SheetTable) -> Problem:
    return _asked(
        text,
        f"”{text}” kan betyda att talen inte är hela uppgiften ({words.strip()}). "
        "Är talen ändå allt som ska räknas?",
        ("ja", "Ja, läs dem som helheten"),
        table.sheet.name,
    )


def table_passed(table: SheetTable) -> Problem:
    """The question whether a table beneath or beside those that are read may be left unread."""
    return _asked(
        table.headings,
        f"Tabellen från rad {table.head.start + 1} ({table.headings}) har inte de "
        "kolumner som resten av bladet har, och ingenting i den läses. Ska den lämnas?",
        ("läs inte", "Ja, läs den inte"),
        table.sheet.name,
    )


def left(key: str, what: str, sheet: str) -> Problem:
    """The question whether something with numbers of places may be left unread."""
    return _asked(
        key, f"{what} Det läses inte. Ska det lämnas?", ("läs inte", "Ja, läs det inte"), sheet
    )


def same_columns(key: str, row: int, table: SheetTable) -> Problem:
    """The question whether the rows below what looks like another head have the first one's."""
    return _asked(
        key,
        f"Rad {row + 1} ({key}) ser ut som andra rubriker än tabellens. Har raderna "
        "under den ändå samma kolumner som de över?",
        ("ja", "Ja, samma kolumner"),
        table.sheet.name,
    )


def other_currency(text: str, words: str, table: SheetTable) -> Problem:
    """The question whether amounts are kronor all the same, where a text names other money."""
    return _asked(
        text,
        f"”{text}” nämner en annan valuta ({words.strip()}), och belopp läses som kronor. "
        "Är beloppen ändå kronor?",
        ("ja", "Ja, läs dem som kronor"),
        table.sheet.name,
    )


def part_of_amount(name: str, amount: Column, table: SheetTable) -> Problem:
    """The question what a column is that names an amount which no column is read as."""
    return asked(
        Question(
            key=name,
            text=f"Kolumnen ”{name}” nämner {amount.label}, som ingen kolumn är läst som. "
            "Är den hela beloppet?",
            options=listed([amount]),
        ),
        sheet=table.sheet.name,
        column=name,
    )


def one_part(name: str, text: str, table: SheetTable, key: str = "") -> Problem:
    """The question whether a column or a line that holds one text is of all there is."""
    where = "Raden" if key else "Kolumnen"
    return _asked(
        key or name,
        f"{where} ”{name}” ({text}) kan betyda att filen bara har en del av "
        "uppgifterna. Är talen ändå allt som ska räknas?",
        ("ja", "Ja, läs dem som helheten"),
        table.sheet.name,
        column=name,
    )


def _asked(
    key: str, text: str, option: tuple[str, str], sheet: str, *, column: str | None = None
) -> Problem:
    """A question with one answer that lets the file go on."""
    return asked(Question(key=key, text=text, options=(option,)), sheet=sheet, column=column)
