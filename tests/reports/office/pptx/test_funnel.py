"""Names on a funnel plot stand clear of each other, and words have room in their columns."""

from reports.model import Head, ReportCell, ReportTable
from reports.office.lettering import word_width
from reports.office.pptx.funnel import _area, _covered
from reports.office.pptx.tables import pieces
from reports.office.pptx.template import Box


def test_a_name_is_put_where_it_covers_no_other() -> None:
    mark, near = (2.0, 1.0), (2.1, 1.05)
    taken = [_area(mark, 0.8, "right")]
    size, marks = (6.0, 4.0), [mark, near]
    assert _covered(_area(near, 0.8, "right"), taken, marks, size) >= 100
    assert _covered(_area(near, 0.8, "left"), taken, marks, size) < 100
    # Outside the plot is better than over another name, and worse than over a mark.
    assert 10 <= _covered(_area((5.9, 1.0), 0.8, "right"), [], marks, size) < 100


def test_no_word_is_broken_where_another_column_has_long_text() -> None:
    long = "Mellan 15,0 och 44,0 dagar. " * 6
    heads = (Head("Kommun"), Head("Genomsnitt (dagar)", 2), Head("Anmärkning"))
    table = ReportTable(
        "T", "T", heads, ((ReportCell("Ale"), ReportCell("4,25", 4.25), ReportCell(long)),)
    )
    (piece,) = pieces(table, Box(0.6, 1.5, 7.5, 5.0))
    assert piece.widths[0] >= word_width("Kommun", piece.size)
    assert sum(piece.widths) <= 7.5 + 1e-9
