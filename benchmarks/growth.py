"""How time and memory of loading grow with the number of stays, drawn in `docs/tillvaxt.svg`."""

import os
import tempfile
from pathlib import Path

import matplotlib

from benchmarks.loading import MEGABYTES, write_stays
from benchmarks.measured import Measured
from benchmarks.processes import SAMVERKAN, timed, worked
from swedish import typography

# The last is five times as many as a file may have by the settings that the program comes with.
STAYS = (200_000, 2_000_000, 20_000_000)
SETTINGS = "max_file_bytes = 4_000_000_000\n"
# What is promised: work that grows as the rows do. What does not fit in the memory that a load may
# have is written to disk and read again, which may cost a third more; 1.1 to 1.2 was measured.
TIMES = 10 * 4 / 3
_TICKS = (0, 5_000_000, 10_000_000, 15_000_000, 20_000_000)
CHART = Path(__file__).parents[1] / "docs" / "tillvaxt.svg"


def measure() -> Measured:
    """What work and memory the loads take, which is drawn, too."""
    taken, used, rows = [], [], []
    for stays in STAYS:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            cases = place / "vardtillfallen.csv"
            write_stays(cases, stays=stays)
            (place / "data").mkdir()
            (place / "data" / "settings.toml").write_text(SETTINGS, encoding="utf-8")
            environment = os.environ | {"SAMVERKAN_DATA": str(place / "data")}
            before = worked()
            _, megabytes = timed([SAMVERKAN, "load", str(cases)], environment=environment)
            seconds = worked() - before
            size = cases.stat().st_size / 1e6
        taken.append(seconds)
        used.append(megabytes)
        figures = (stays, 0), (size, 0), (seconds, 1), (megabytes, 0)
        rows.append([typography.number(value, decimals) for value, decimals in figures])
    _draw(taken, used)
    return Measured(
        [["vårdtillfällen", "filen, MB", "processorsekunder", "minne som mest, MB"], *rows],
        kept=max(used) < MEGABYTES and taken[-1] <= TIMES * taken[-2],
    )


def _draw(taken: list[float], used: list[float]) -> None:
    """Two charts beside each other; the same text in them as on the pages."""
    matplotlib.use("svg")
    from matplotlib import pyplot as plot

    # The same file for the same figures.
    with matplotlib.rc_context({"svg.hashsalt": "samverkan", "font.size": 9}):
        figure, (left, right) = plot.subplots(1, 2, figsize=(8, 3), layout="constrained")
        for axes, values, title in (
            (left, taken, "Processorsekunder att läsa in"),
            (right, used, "Minne som mest, MB"),
        ):
            axes.plot(STAYS, values, marker="o", color="#1f5f8b")
            axes.set(
                xlim=(0, max(STAYS) * 1.1),
                ylim=(0, max(values) * 1.2),
                xlabel="Vårdtillfällen i filen",
            )
            axes.set_title(title, loc="left", fontsize=10)
            axes.set_xticks(_TICKS, [typography.number(stays, 0) for stays in _TICKS])
            axes.spines[["top", "right"]].set_visible(False)
            for stays, value in zip(STAYS, values, strict=True):
                text = typography.number(value, 0 if value > 20 else 1)
                axes.annotate(text, (stays, value), (0, 6), textcoords="offset points")
        figure.savefig(CHART, metadata={"Date": None})
        plot.close(figure)
