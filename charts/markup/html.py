"""Finished numbers as HTML where a figure is not called for: cards and tables.

Everything that is put into the markup is escaped.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from itertools import chain, repeat
from typing import Any

import pandas as pd

from charts.columns import Column
from charts.frames import cells_of
from metrics.catalogue import Indicator
from metrics.spc.xmr import POINT_READINGS, PointType, Reading
from swedish import typography
from swedish.periods import period_name, previous_period
from views.trend import Trend

NOT_KNOWN = {"missing": "–", "confidential": "..", "none": "."}
SIGNS = "– uppgift saknas · .. skyddad uppgift · . inget att räkna på · * ofullständigt underlag"
_NOT_KNOWN_IN_WORDS = {"missing": "Uppgift saknas", "confidential": "Skyddad uppgift"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")
# More rows than this scroll under their head; fewer are all in sight, on a telephone too.
_LONG = 20
_UNITS = {"procent": "%", "antal": "patienter"}
_BOUNDS = {"lower-bound": "minst ", "upper-bound": "högst ", "about": "omkring "}


def cards_html(trends: Iterable[Trend]) -> str:
    """A card for each indicator, the first one wide, in as many columns as there is room for."""
    cards = [
        f'<li class="card{" wide" if first else ""}">'
        f'<p class="title">{escape(trend.indicator.short)}</p>{card_html(trend)}</li>'
        for first, trend in zip(chain([True], repeat(False)), trends, strict=False)
    ]
    return f'<ul class="cards">{"".join(cards)}</ul>'


def card_html(trend: Trend) -> str:
    """What a card says below its title: the month's value, its change and its readings."""
    judged = trend.judged
    readings = [point_html(judged.point_type)] if judged else []
    if trend.assurance:
        readings.append(reading_html(trend.assurance_reading, trend.assurance))
    return (
        f'<p class="value">{_card_value(trend)}</p>'
        f'<p class="change">{escape(_change(trend))}</p>'
        f'<p class="readings">{" ".join(readings)}</p>'
    )


def table_html(rows: pd.DataFrame, columns: Sequence[Column], *, caption: str) -> str:
    """A table with its caption, the first column heading the rows, and a key to the signs used.

    Wider than the page it scrolls by itself, by touch and by keyboard, and so does a long one.
    """
    head = "".join(
        f'<th scope="col"{_numeric(column)}>{escape(column.head)}</th>' for column in columns
    )
    body = "".join(f"<tr>{_row(row, columns)}</tr>" for row in cells_of(rows))
    signs = f'<p class="signs">{SIGNS}</p>' if has_gaps(rows) else ""
    name = escape(caption, quote=True)
    kind = "table long" if len(rows) > _LONG else "table"
    return (
        f'<div class="{kind}" role="region" aria-label="{name}" tabindex="0"><table>'
        f"<caption>{name}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"</div>{signs}"
    )


def table_csv(rows: pd.DataFrame, columns: Sequence[Column]) -> bytes:
    """The table as a Swedish Excel reads it: semicolons, decimal commas, UTF-8 with a mark.

    A missing value is `-` and a confidential one `..`, as in Kolada.
    """
    lines = [";".join(_quoted(column.head) for column in columns)]
    lines += [";".join(_csv_cell(row, column) for column in columns) for row in cells_of(rows)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def list_html(lead: str, rows: pd.DataFrame, head: str, text: str) -> str:
    """A sentence that a list completes: for each row the column `head`, and its `text`."""
    items = "".join(
        f"<li><strong>{escape(str(row[head]))}</strong>: {escape(str(row[text]))}</li>"
        for row in cells_of(rows)
    )
    return f'<p class="finding">{escape(lead)}</p><ul class="finding">{items}</ul>'


def picture_html(picture: bytes, *, text: str) -> str:
    """A picture (PNG) of a page, called what stands below it."""
    shown = b64encode(picture).decode("ascii")
    said = escape(text, quote=True)
    return (
        f'<figure class="page"><img alt="{said}" src="data:image/png;base64,{shown}">'
        f'<figcaption aria-hidden="true">{said}</figcaption></figure>'
    )


def definitions_html(indicators: Iterable[Indicator]) -> str:
    """Name, definition, caveats and source of each indicator."""
    entries = [
        f"<dt>{escape(chosen.name)} ({escape(chosen.unit)})</dt><dd>"
        + " ".join(escape(text) for text in (chosen.definition, chosen.caveats) if text)
        + f" Källa: {escape(chosen.source)}.</dd>"
        for chosen in indicators
    ]
    return f'<dl class="definitions">{"".join(entries)}</dl>'


def reading_html(reading: Reading, kind: str) -> str:
    """Icon and word; `kind` colours them. The icon is decoration: the word says it."""
    icon = f'<span aria-hidden="true">{escape(reading.icon)}</span>'
    return f'<span class="reading {escape(kind)}">{icon} {escape(reading.word)}</span>'


def point_html(point_type: PointType) -> str:
    """The reading of a point."""
    return reading_html(POINT_READINGS[point_type], point_type)


def _card_value(trend: Trend) -> str:
    if trend.value is None:
        words = _NOT_KNOWN_IN_WORDS.get(trend.status, "Inget värde")
        return f'<span class="unit">{words}</span>'
    shown = escape(typography.number(trend.value, trend.indicator.decimals))
    unit = escape(_UNITS.get(trend.indicator.unit, trend.indicator.unit))
    mark = "*" if trend.status == "partial" else ""
    return f'{shown}{mark} <span class="unit">{unit}</span>'


def _change(trend: Trend) -> str:
    since = period_name(previous_period(trend.period))
    if trend.indicator.grain == "month":
        since = since.split()[0]
    decimals = trend.indicator.decimals
    if trend.change is None:
        return f"Kan inte jämföras med {since}"
    size = typography.number(abs(trend.change), decimals)
    if size == typography.number(0, decimals):
        return f"Oförändrat sedan {since}"
    sign = "+" if trend.change > 0 else "−"
    unit = " procentenheter" if trend.indicator.unit == "procent" else ""
    return f"{sign}{size}{unit} sedan {since}"


def _row(row: dict[str, Any], columns: Sequence[Column]) -> str:
    first, *others = columns
    cells = [f'<th scope="row">{escape(shown(row, first))}</th>']
    for column in others:
        text = shown(row, column)
        cells.append(f"<td{_numeric(column) or _unbroken(text)}>{escape(text)}</td>")
    return "".join(cells)


def _unbroken(text: str) -> str:
    """A date broken over two lines reads as two."""
    return ' class="when"' if _DATE.fullmatch(text) else ""


def _numeric(column: Column) -> str:
    return "" if column.decimals is None else ' class="number"'


def _status(row: dict[str, Any], column: Column) -> str:
    own = row.get(f"{column.key}_status")
    return str(row.get("status", "ok") if own is None or pd.isna(own) else own)


def shown(row: dict[str, Any], column: Column) -> str:
    """A cell as it is read: the value, or the sign of why there is none."""
    value = row[column.key]
    if column.decimals is None:
        return "" if pd.isna(value) else column.show(value)
    if pd.isna(value):
        return NOT_KNOWN.get(_status(row, column), typography.NO_VALUE)
    status = _status(row, column)
    mark = "*" if status == "partial" else ""
    return f"{_BOUNDS.get(status, '')}{typography.number(value, column.decimals)}{mark}"


def has_gaps(rows: pd.DataFrame) -> bool:
    """Whether any value is missing, hidden or incomplete, so that SIGNS are called for."""
    statuses = [name for name in rows.columns if str(name).endswith("status")]
    plain = ["ok", *_BOUNDS]
    return any(not rows[name].dropna().isin(plain).all() for name in statuses)


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if set(text) & set(';"\r\n') else text


def _csv_cell(row: dict[str, Any], column: Column) -> str:
    value = row[column.key]
    if column.decimals is None:
        return "" if pd.isna(value) else _quoted(_defused(column.show(value)))
    if pd.isna(value):
        return {"confidential": "..", "none": "."}.get(_status(row, column), "-")
    # Neither the spaces that group thousands nor the true minus is a number to a spreadsheet.
    number = typography.number(value, column.decimals).replace("\u00a0", "").replace("\u2212", "-")
    return f"{_BOUNDS.get(_status(row, column), '')}{number}"


def _defused(text: str) -> str:
    """`text` so that a spreadsheet cannot take it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
