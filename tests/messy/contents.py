"""Kinds of mess in what a table says: its cells, columns and rows, and the texts around it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from tests.messy.draft import Cell, Draft, Row

# Gives the draft with the mess in it; None where it does not fit the draft.
Change: TypeAlias = Callable[[Draft], Draft | None]


def _on(*tables: str) -> Callable[[Change], Change]:
    """A change of these tables only."""

    def fit(change: Change) -> Change:
        return lambda draft: change(draft) if draft.table in tables else None

    return fit


_COUNTED = ("month", "long", "processes")
_DISCHARGES = ("month", "long")


_CODES = {"Göteborg": "1480", "Härryda": "1401", "Mölndal": "1481", "Borås": "1490"}
_CODES |= {"Öckerö": "1407", "Åmål": "1492"}


def _sums(draft: Draft, name: str) -> Row:
    cells: list[Cell] = [None] * len(draft.head)
    cells[draft.place] = name
    for column in draft.counts:
        cells[column] = sum(
            int(row[column] or 0) if isinstance(row[column], int) else 0 for row in draft.rows
        )
    return tuple(cells)


@_on("month", "processes")
def _total(draft: Draft) -> Draft | None:
    return replace(draft, notes=(_sums(draft, "Totalt"), *draft.notes))


def _other_home(name: str) -> Change:
    @_on("month", "processes")
    def change(draft: Draft) -> Draft | None:
        row: list[Cell] = [None] * len(draft.head)
        row[draft.place] = name
        for column in draft.counts:
            row[column] = 6
        return replace(draft, notes=(tuple(row), *draft.notes))

    return change


def _cell(cell: Cell, *, clear: bool = True, measure: int = 0) -> Change:
    """One count replaced by another cell."""

    @_on(*_COUNTED)
    def change(draft: Draft) -> Draft | None:
        changed = draft.having(1, draft.counts[measure], cell)
        return changed if clear else changed.unclear()

    return change


def _marked(what: str, *, clear: bool, forms: tuple[str, ...]) -> Change:
    @_on(*_COUNTED)
    def change(draft: Draft) -> Draft | None:
        form = draft.form if draft.form in forms else forms[0]
        # A text has no date, no formula and no note to be marked with.
        if draft.form not in {"csv", *forms} or not isinstance(draft.rows[1][draft.counts[0]], int):
            return None
        changed = replace(draft, form=form, cells={**draft.cells, (1, draft.counts[0]): what})
        return changed if clear else changed.unclear()

    return change


@_on("shares")
def _per_cent_format(draft: Draft) -> Draft | None:
    """Shares as the fractions that a spreadsheet shows as per cent; the truth stays in per cent."""
    if draft.form not in {"csv", "xlsx"}:
        return None
    rows = tuple((*row[:3], float(row[3] or 0) / 100) for row in draft.rows)
    cells = {(row, 3): "per cent" for row in range(len(rows))}
    return replace(draft, form="xlsx", rows=rows, cells=cells, more=draft.truth, keys={})


@_on("shares", "funds")
def _unit_in_cell(draft: Draft) -> Draft | None:
    if not draft.keys:
        return None
    column = 3 if draft.table == "shares" else 4
    unit = " %" if draft.table == "shares" else " kr"
    value = draft.rows[1][column]
    text = f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
    return replace(draft.having(1, column, text + unit), more=draft.truth, keys={})


def _grouped(sign: str) -> Change:
    """Thousands apart."""

    @_on("people", "funds")
    def change(draft: Draft) -> Draft | None:
        rows = tuple(
            tuple(f"{cell:,}".replace(",", sign) if isinstance(cell, int) else cell for cell in row)
            for row in draft.rows
        )
        return replace(draft, rows=rows, more=draft.truth, keys={})

    return change


def _places(form: Callable[[str], str]) -> Change:
    @_on(*_DISCHARGES, "processes")
    def change(draft: Draft) -> Draft | None:
        if not all(row[draft.place] in _CODES for row in draft.rows):
            return None
        rows = tuple(
            tuple(form(str(cell)) if n == draft.place else cell for n, cell in enumerate(row))
            for row in draft.rows
        )
        return replace(draft, rows=rows)

    return change


def _column(head: str, cells: Callable[[int], Cell], *, clear: bool = True) -> Change:
    def change(draft: Draft) -> Draft | None:
        if head in draft.head:
            return None
        changed = draft.adding(head, tuple(cells(row) for row in range(len(draft.rows))))
        return changed if clear else changed.unclear()

    return change


def _selecting(head: str, cells: Callable[[int], Cell]) -> Change:
    return _on(*_COUNTED, "people")(_column(head, cells, clear=False))


def _split(head: str, parts: tuple[str, str], *, clear: bool) -> Change:
    """Every row given in two parts, that a new column tells apart."""

    @_on(*_DISCHARGES, "people")
    def change(draft: Draft) -> Draft | None:
        if draft.cells:
            return None
        rows: list[Row] = []
        for row in draft.rows:
            halves: tuple[list[Cell], list[Cell]] = (list(row), list(row))
            for column in draft.counts:
                count = row[column]
                if not isinstance(count, int):
                    return None
                halves[0][column], halves[1][column] = count // 3, count - count // 3
            rows += [(*half, part) for half, part in zip(halves, parts, strict=True)]
        changed = replace(
            draft,
            head=(*draft.head, head),
            rows=tuple(rows),
            more=draft.truth,
            keys={},
            cells={},
        )
        return changed if clear else changed.unclear()

    return change


@_on(*_DISCHARGES)
def _same_heading(draft: Draft) -> Draft | None:
    """A second column with the same heading and other numbers."""
    head = draft.head[draft.counts[0]]
    cells: list[Cell] = []
    for row in draft.rows:
        count = row[draft.counts[0]]
        cells.append(count + 3 if isinstance(count, int) else count)
    return draft.adding(head, tuple(cells)).unclear()


@_on(*_DISCHARGES)
def _last_year(draft: Draft) -> Draft | None:
    cells: list[Cell] = [90 + row for row in range(len(draft.rows))]
    return draft.adding(f"{draft.head[draft.counts[0]]} föregående år", tuple(cells))


@_on(*_COUNTED)
def _same_row(draft: Draft) -> Draft | None:
    """A row given twice, with other numbers the second time."""
    row = list(draft.rows[1])
    for column in draft.counts:
        row[column] = 11
    return replace(draft, rows=(*draft.rows, tuple(row))).unclear()


def _title(text: str, *, clear: bool = True, instead: bool = False) -> Change:
    @_on("month", "processes")
    def change(draft: Draft) -> Draft | None:
        titles: tuple[Row, ...] = ((text,),)
        changed = replace(draft, titles=titles if instead else draft.titles + titles)
        return changed if clear else changed.unclear()

    return change


@_on("month")
def _month_in_name(draft: Draft) -> Draft | None:
    if not draft.clear or len(draft.titles) != 1:
        return None
    return replace(draft, titles=(), name="Utskrivningsklara juli 2019 (2)")


def _second_below(title: str, period: str, *, first: tuple[Row, ...] = ()) -> Change:
    """Another month below, with its own title and head, and columns in another order.

    `first` are the titles of the table above, where they are to be others.
    """

    @_on("month")
    def change(draft: Draft) -> Draft | None:
        if len(draft.head) != 3 or not all(row[0] in _CODES for row in draft.rows):
            return None
        if not all(isinstance(cell, int) for row in draft.rows[:3] for cell in row[1:]):
            return None
        if first and len(draft.titles) != 1:
            return None
        rows = tuple((row[0], int(row[2] or 0) + 5, int(row[1] or 0) + 5) for row in draft.rows[:3])
        head = (draft.head[0], draft.head[2], draft.head[1])
        below: tuple[Row, ...] = ((), (title,), head, *rows)
        more = dict(draft.more)
        for row in rows:
            code = _CODES[str(row[0])]
            more[period, code, "", "ready_days"] = float(row[1])
            more[period, code, "", "discharges"] = float(row[2])
        titles = first or draft.titles
        return replace(draft, titles=titles, notes=(*draft.notes, *below), more=more)

    return change


@_on("month")
def _second_sheet(draft: Draft) -> Draft | None:
    if draft.form not in {"csv", "xlsx", "ods"} or draft.place != 0:
        return None
    if not all(row[0] in _CODES for row in draft.rows):
        return None
    rows = tuple((row[0], 31, 17) for row in draft.rows[:3])
    sheet: tuple[Row, ...] = (("Utskrivningsklara augusti 2019",), draft.head[:3], *rows)
    more = dict(draft.more)
    for row in rows:
        code = _CODES[str(row[0])]
        more["2019-08", code, "", "discharges"] = 31.0
        more["2019-08", code, "", "ready_days"] = 17.0
    form = "xlsx" if draft.form == "csv" else draft.form
    return replace(draft, form=form, sheets={**draft.sheets, "Augusti": sheet}, more=more)


def _explained(draft: Draft) -> Draft | None:
    form = "xlsx" if draft.form == "csv" else draft.form
    sheet: tuple[Row, ...] = (("Förklaring",), ("Tabellen visar uppgifter ur systemet.",))
    return replace(draft, form=form, sheets={**draft.sheets, "Förklaring": sheet})


def _note(draft: Draft) -> Draft | None:
    return replace(draft, notes=(*draft.notes, (), ("* Uppgifterna är preliminära.",)))


@_on("month", "processes", "people")
def _limiting_note(draft: Draft) -> Draft | None:
    note: Row = ("Endast patienter 65 år och äldre ingår.",)
    return replace(draft, notes=(*draft.notes, (), note)).unclear()


@_on("month")
def _days_of_a_month(draft: Draft) -> Draft | None:
    return replace(draft, titles=(("Utskrivningsklara 1–15 juli 2019",),)).unclear()


@_on(*_DISCHARGES)
def _cumulated(draft: Draft) -> Draft | None:
    head = tuple(
        f"{text} ack" if at in draft.counts else text for at, text in enumerate(draft.head)
    )
    return replace(draft, head=head).unclear()


@_on(*_DISCHARGES)
def _turned(draft: Draft) -> Draft | None:
    """The columns in the opposite order."""
    if draft.cells or draft.hidden or len(draft.head) > 4:
        return None
    last = len(draft.head) - 1
    return replace(
        draft,
        head=draft.head[::-1],
        rows=tuple(row[::-1] for row in draft.rows),
        keys={(row, last - column): key for (row, column), key in draft.keys.items()},
        place=last - draft.place,
        counts=tuple(last - column for column in draft.counts),
        notes=tuple((*row, *[None] * (last + 1 - len(row)))[::-1] for row in draft.notes),
    )


@_on(*_DISCHARGES)
def _abbreviated(draft: Draft) -> Draft | None:
    words = {"Antal utskrivna": "Antal utskr. pat.", "Antal dagar": "Ant. dgr"}
    return replace(draft, head=tuple(words.get(text, text) for text in draft.head))


@_on(*_DISCHARGES)
def _failed_means(draft: Draft) -> Draft | None:
    """A mean, which is only checked, that a formula could not work out in one row."""
    cells: list[Cell] = []
    for row in draft.rows:
        count, days = (row[column] for column in draft.counts[:2])
        known = isinstance(count, int) and isinstance(days, int)
        cells.append(round(days / count, 2) if known else None)  # type: ignore[operator]
    cells[-1] = "#DIV/0!"
    return draft.adding("Genomsnitt", tuple(cells))


@_on("people", "month")
def _general_heads(draft: Draft) -> Draft | None:
    """Nothing says what is counted."""
    head = [*draft.head]
    head[draft.counts[0]] = "Antal"
    if draft.table == "month":
        return replace(draft, head=tuple(head), titles=(("Juli 2019",),)).unclear()
    return replace(draft, head=tuple(head), name="uttag").unclear()


@_on(*_DISCHARGES)
def _hidden_column(draft: Draft) -> Draft | None:
    if draft.form not in {"csv", "xlsx"}:
        return None
    cells: list[Cell] = [7] * len(draft.rows)
    changed = draft.adding(draft.head[draft.counts[0]], tuple(cells))
    return replace(changed, form="xlsx", hidden=frozenset({len(draft.head)})).unclear()


@_on(*_COUNTED)
def _dash(draft: Draft) -> Draft | None:
    """Not reported; but none where few cases are the rule."""
    place = (1, draft.counts[0])
    changed = draft.having(*place, "–")
    if draft.table == "processes" and place in draft.keys:
        changed = replace(changed, more={**draft.more, draft.keys[place]: 0.0})
    return changed


_COMMENT = 'sa "nej" idag; ringde åter'

CONTENTS: Mapping[str, Change] = {
    "totals": _total,
    **{f"row of {name}": _other_home(name) for name in ("Okänd", "Uppgift saknas", "Riket")},
    "row of (tom)": _other_home("(tom)"),
    "no value": _cell(None),
    "dash": _dash,
    "confidential": _cell(".."),
    "confidential X": _cell("X"),
    "confidential <5": _cell("<5"),
    "confidential 1–4": _cell("1–4"),
    "decimal zero": _cell("47,0"),
    "number with a mark": _cell("47*", measure=1),
    "spaced digits": _cell("4 7", clear=False),
    "count with decimals": _cell("10,5", clear=False),
    "count in per cent": _cell("70 %", clear=False),
    "two numbers": _cell("12 (14)", clear=False),
    "number with letter": _cell("4l", clear=False),
    "footnote in superscript": _marked("footnote", clear=True, forms=("xlsx", "html")),
    "two lines in a cell": _marked("two lines", clear=False, forms=("xlsx", "html")),
    "formula without value": _marked("formula", clear=False, forms=("xlsx",)),
    "error in a count": _marked("error", clear=False, forms=("xlsx",)),
    "number made a date": _marked("date", clear=False, forms=("xlsx",)),
    "per cent format": _per_cent_format,
    "unit in the cell": _unit_in_cell,
    "thousands by space": _grouped("\u00a0"),
    "thousands by thin space": _grouped("\u202f"),
    "thousands by apostrophe": _grouped("'"),
    "places in capitals": _places(str.upper),
    "places as codes": _places(lambda name: _CODES[name]),
    "places with code": _places(lambda name: f"{_CODES[name]} {name}"),
    "places with note": _places(lambda name: f"{name}*"),
    "row numbers": _column("Nr", lambda row: row + 1),
    "comments": _column("Kommentar", lambda row: _COMMENT if row == 1 else None),
    "comments over lines": _column("Kommentar", lambda row: "ett;\ntvå" if row == 0 else None),
    "comments that open": _column("Kommentar", lambda row: '"Ring' if row == 1 else None),
    "selection by age": _selecting("Ålder", lambda _: "65+"),
    "selection by kind": _selecting("Urval", lambda _: "inom 3 dagar"),
    "split by sex": _split("Kön", ("Kvinnor", "Män"), clear=True),
    "split by direction": _split("Riktning", ("Från kommun", "Till kommun"), clear=False),
    "split by type": _split("Typ av plats", ("A", "B"), clear=False),
    "two same headings": _same_heading,
    "last year beside": _last_year,
    "row again, other numbers": _same_row,
    "selection in the title": _title("Endast patienter 65 år och äldre", clear=False),
    "unknown words in the title": _title(
        "Utskrivningsklara juli 2019, listade hos en vårdcentral", clear=False, instead=True
    ),
    "only within three days": _title("Utskrivna inom 3 dagar", clear=False),
    "compared in the title": _title("Jämfört med juni 2018"),
    "diary number": _title("Dnr 2018-00123"),
    "title without period": _title("Sammanställning, juli", clear=False, instead=True),
    "month in the name": _month_in_name,
    "second month below": _second_below("Utskrivningsklara augusti 2019", "2019-08"),
    "second year below": _second_below(
        "2020", "2020-07", first=(("Utskrivningsklara juli",), ("2019",))
    ),
    "second month on a sheet": _second_sheet,
    "explanation on a sheet": _explained,
    "note below": _note,
    "note that limits": _limiting_note,
    "days of a month": _days_of_a_month,
    "cumulated heads": _cumulated,
    "columns turned": _turned,
    "abbreviated heads": _abbreviated,
    "failed means": _failed_means,
    "heads that say nothing": _general_heads,
    "hidden column": _hidden_column,
}
