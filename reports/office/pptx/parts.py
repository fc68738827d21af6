"""Slides of a part: its title, what it is of, and a chart or table with its text beside it."""

from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Pt

from reports.drawing.ends import outside
from reports.model import (
    BarChart,
    Block,
    Cards,
    Chart,
    Heading,
    Part,
    Points,
    Report,
    ReportTable,
    SeriesChart,
    Text,
)
from reports.office.pptx.charts import add_chart
from reports.office.pptx.tables import Piece, add_table, pieces
from reports.office.pptx.template import BODIES, SMALLEST, Box, Deck
from reports.office.pptx.text import (
    BESIDE,
    CARDS,
    LETTER,
    Line,
    add_cards,
    add_run,
    add_text,
    best_size,
    fits,
    height,
    lines_of,
    not_alone,
    size_of,
    split,
    write_body,
)
from reports.theme import Theme

GAP = 0.25
_KICKER = 0.42
_MOST_BARS = 20
_TITLES = (40, 36, 32, 28, 24, 20, 18)
_NOTE = 0.35
_GAP_OVER_NOTE = 0.08
# Inches that text under a chart may take; more goes on to the next slide.
_MOST_UNDER = 0.75
# The share of a slide that text over a table may take; more has a slide of its own.
_MOST_OVER = 0.4


@dataclass(frozen=True)
class Visual:
    """What takes a slide, or its share of one: a chart, or a piece of a table."""

    title: str
    chart: Chart | None = None
    table: ReportTable | None = None
    piece: Piece | None = None


def add_part(made: Deck, part: Part, report: Report, theme: Theme) -> None:
    """The slides of a part; text that has no room beside its chart goes on to the next slide."""
    if part.divider:
        slide = made.presentation.slides.add_slide(made.divider)
        slide.shapes.title.text = part.title
        _note(slide, part, report)
        return
    cards = [card for block in part.blocks if isinstance(block, Cards) for card in block.cards]
    lines = lines_of(part.blocks)
    top = _KICKER + (CARDS + GAP if cards else 0.0)
    area = replace(made.area, top=made.area.top + _KICKER, height=made.area.height - _KICKER)
    below = replace(made.area, top=made.area.top + top, height=made.area.height - top)
    over = _over(lines, part.blocks, below)
    visuals = visuals_of(part.blocks, _under(below, over))
    beside, rest = (lines, []) if over else _beside(lines, visuals, made, below)
    foot: list[Line] = []
    if rest and visuals:
        beside, rest, foot, below = _with_foot(lines, visuals, made, below, (beside, rest))
        beside, rest = not_alone(beside, rest)
    shown: list[tuple[list[Line], Visual | None]] = [
        (beside if at == 0 else [], visual) for at, visual in enumerate(visuals)
    ]
    if rest or not visuals:
        shown += [(portion, None) for portion in split(rest, area if visuals else below)]
    # Text that goes on has letters of one size.
    size = min(
        (best_size(text, below) for text, visual in shown if visual is None), default=SMALLEST
    )
    for number, (text, visual) in enumerate(shown):
        title = part.title
        if len(shown) > 1:
            title = f"{title} ({number + 1}\u00a0av\u00a0{len(shown)})"
        alone = visual is not None and not text
        layout = made.bare if alone and visual and visual.table is not None else made.content
        if visual is not None and text and made.halves is not None and visual.table is None:
            layout = made.halves
        slide = made.presentation.slides.add_slide(layout)
        set_title(slide, title)
        _kick(slide, made, part, report, visual, theme)
        if number == 0 and cards:
            place = replace(made.area, top=made.area.top + _KICKER, height=CARDS)
            add_cards(slide, cards, place, theme)
        _fill(slide, made, text, visual, below if number == 0 else area, theme, size)
        if number == 0 and foot:
            place = replace(below, top=below.top + below.height, height=_foot_height(foot, below))
            told = " ".join(line.text for line in foot)
            add_text(slide, told, place, size=SMALLEST, color=theme.colors.ink)
        _note(slide, part, report)


def _kick(
    slide: Any, made: Deck, part: Part, report: Report, visual: Visual | None, theme: Theme
) -> None:
    """Under the title: what the chart shows and in which unit, or what the slide is of."""
    told = f"{part.label or report.title} · {report.subtitle}"
    if visual and visual.chart:
        told = visual.title
        if visual.chart.unit and visual.chart.unit not in told:
            told = f"{told}, {visual.chart.unit}"
        if isinstance(visual.chart, SeriesChart) and outside(visual.chart):
            told = f"{told}. {outside(visual.chart)}"
    place = replace(made.area, height=_KICKER)
    room = place.width * 72 / LETTER
    size = next((size for size in (16, 14, 12) if len(told) * size <= room), SMALLEST)
    add_text(slide, told, place, size=size, color=theme.colors.muted)


def _note(slide: Any, part: Part, report: Report) -> None:
    """What to say, and the source, as the presenter's notes."""
    told = [*part.say, *([part.source] if part.source else []), *report.footer]
    slide.notes_slide.notes_text_frame.text = "\n".join(told)


def _beside(
    lines: list[Line], visuals: list[Visual], made: Deck, below: Box
) -> tuple[list[Line], list[Line]]:
    """The paragraphs that have room beside the first chart, and those that have not."""
    if not visuals or not lines:
        return [], lines
    if visuals[0].table is not None:
        return [], lines
    width = made.halves_areas[1].width if made.halves is not None else 3.6
    fitting: list[Line] = []
    for line in lines:
        if height([*fitting, line], width, BESIDE[-1]) > below.height:
            break
        fitting.append(line)
    return fitting, lines[len(fitting) :]


def _with_foot(
    lines: list[Line],
    visuals: list[Visual],
    made: Deck,
    below: Box,
    otherwise: tuple[list[Line], list[Line]],
) -> tuple[list[Line], list[Line], list[Line], Box]:
    """A line or two that has no room beside the chart stands under it, over the whole width.

    Gives what stands beside, what goes on, what stands under, and the room over it.
    """
    foot = otherwise[1]
    for _ in range(2):
        taken = _foot_height(foot, below)
        if taken > _MOST_UNDER:
            break
        lower = replace(below, height=below.height - taken)
        beside, rest = _beside(lines, visuals, made, lower)
        if rest == foot:
            return beside, [], foot, lower
        foot = rest
    return *otherwise, [], below


def _foot_height(foot: list[Line], box: Box) -> float:
    return height([Line(" ".join(line.text for line in foot))], box.width, SMALLEST)


def _over(lines: list[Line], blocks: tuple[Block, ...], below: Box) -> float:
    """How high the text is over a table that it has room for together; 0 where it has not."""
    alone = [block for block in blocks if isinstance(block, ReportTable)]
    others = [block for block in blocks if isinstance(block, Chart)]
    high = height(lines, below.width, BESIDE[0])
    return high if lines and alone and not others and high < _MOST_OVER * below.height else 0.0


def _under(box: Box, taken: float) -> Box:
    return replace(box, top=box.top + taken, height=box.height - taken)


def add_notices(slide: Any, report: Report, box: Box, theme: Theme) -> None:
    """What kind of data it is and what is incomplete, the letters as large as there is room."""
    lines = [Line(text) for text in (report.banner, *report.notices) if text]
    size = best_size(lines, box, (18, 16, 14, 12))
    first, *others = lines
    bold = bool(report.banner)
    shape = add_text(slide, first.text, box, size=size, color=theme.colors.ink, bold=bold)
    for line in others:
        paragraph = shape.text_frame.add_paragraph()
        paragraph.space_before = Pt(size * 0.4)
        add_run(paragraph, line.text, size=size, color=theme.colors.ink)


def set_title(slide: Any, title: str) -> None:
    """Fill the title placeholder, in smaller letters where its own have no room for it."""
    shape = slide.shapes.title
    shape.text = title
    own = size_of(slide.slide_layout, shape)
    sizes = [own, *(size for size in _TITLES if size < own)]
    size = next((size for size in sizes if fits(title, shape, size)), sizes[-1])
    if size != own:
        for run in shape.text_frame.paragraphs[0].runs:
            run.font.size = Pt(size)


def _fill(
    slide: Any,
    made: Deck,
    text: list[Line],
    visual: Visual | None,
    box: Box,
    theme: Theme,
    size: int,
) -> None:
    bodies = [one for one in slide.placeholders if one.placeholder_format.type in BODIES]
    if visual is None:
        for body in bodies:
            write_body(body, text, box, size)
        return
    room = box
    if text and visual.table is not None:
        over = height(text, box.width, BESIDE[0])
        write_body(bodies[0], text, replace(box, height=over), BESIDE[0])
        room = _under(box, over)
    elif text and bodies:
        panel = replace(box, left=box.left + box.width - 3.6, width=3.6)
        if made.halves is not None and len(bodies) == 2:
            wide, narrow = made.halves_areas
            panel = replace(box, left=narrow.left, width=narrow.width)
            room = replace(box, left=wide.left, width=wide.width)
        else:
            room = replace(box, width=box.width - 3.6 - 2 * GAP)
        *bodies, words = sorted(bodies, key=lambda one: -(one.width or 0))
        write_body(words, text, panel, best_size(text, panel, BESIDE))
    empty = [] if text and visual.table is not None else bodies
    for one in empty:
        one._element.getparent().remove(one._element)
    before = len(slide.shapes)
    add_visual(slide, visual, room, theme)
    if empty and visual.chart is not None and len(slide.shapes) == before + 1:
        _take_place(slide.shapes[-1], empty[0])


def _take_place(frame: Any, placeholder: Any) -> None:
    """Let a chart stand in the layout's own placeholder for content, as one put there by hand."""
    own = placeholder._element.nvSpPr.nvPr.find(qn("p:ph"))
    if placeholder.placeholder_format.type == PP_PLACEHOLDER.OBJECT:
        frame._element.nvGraphicFramePr.nvPr.insert(0, own)


def visuals_of(blocks: tuple[Block, ...], room: Box) -> list[Visual]:
    """The charts and the pieces of tables that `room` has place for, one at a time."""
    visuals = []
    for block in blocks:
        match block:
            case ReportTable():
                noted = replace(room, height=room.height - _note_height(block, room))
                visuals += [
                    Visual(block.title, table=block, piece=piece) for piece in pieces(block, noted)
                ]
            case Text() | Heading() | Points() | Cards():
                pass
            case _:
                visuals.append(Visual(block.title, chart=block))
    return visuals


def _note_height(table: ReportTable, room: Box) -> float:
    if not table.note:
        return 0.0
    return _GAP_OVER_NOTE + max(_NOTE, height([Line(table.note)], room.width, SMALLEST))


def add_visual(slide: Any, visual: Visual, room: Box, theme: Theme) -> None:
    """The chart or the piece of a table."""
    if visual.table is not None and visual.piece is not None:
        high = add_table(slide, visual.table, visual.piece, room, theme)
        if visual.table.note:
            note = replace(
                room, top=room.top + high + _GAP_OVER_NOTE, height=_note_height(visual.table, room)
            )
            add_text(slide, visual.table.note, note, size=SMALLEST, color=theme.colors.muted)
    elif visual.chart is not None:
        halves = in_halves(visual.chart)
        if not halves:
            add_chart(slide, visual.chart, room, theme)
        width = (room.width - GAP) / 2
        longest = max((float(half.frame["value"].max()) for half in halves), default=0.0)
        for at, half in enumerate(halves):
            place = Box(room.left + at * (width + GAP), room.top, width, room.height)
            add_chart(slide, half, place, theme, longest=longest)


def in_halves(chart: Chart) -> list[BarChart]:
    """The two that stand side by side on a slide where the chart has many bars, else none."""
    if not isinstance(chart, BarChart) or len(chart.frame) <= _MOST_BARS:
        return []
    middle = (len(chart.frame) + 1) // 2
    halves = (("första", chart.frame.iloc[:middle]), ("andra", chart.frame.iloc[middle:]))
    return [
        replace(
            chart,
            title=f"{chart.title}, {which} hälften",
            frame=frame.reset_index(drop=True),
            alt=f"{chart.alt} Den {which} hälften av platserna.",
        )
        for which, frame in halves
    ]
