"""What a page's script takes of the processor, and how much it sends, page by page.

Measured in the thread that runs the script, so that a busy machine changes little: for a place that
nobody has looked at since publishing, and for one that somebody has. The pages of a hand-out are
drawn beside its script.
"""

import os
import tempfile
import time
from dataclasses import dataclass
from statistics import median
from unittest.mock import patch

from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

import dashboard
from benchmarks.measured import Measured
from pipeline import demonstration
from swedish.typography import number
from ui.destinations import DESTINATIONS, Destination

PLACES = ("goteborg", "fyrbodal", "skaraborg", "simba")
AGAIN, FIRST = 0.080, 0.200


@dataclass(frozen=True)
class Run:
    """One run of a script: seconds of processor, elements and bytes that it sent."""

    seconds: float
    elements: int
    sent: int


class _Timed(LocalScriptRunner):
    last = Run(0, 0, 0)

    def _run_script_thread(self) -> None:
        started = time.thread_time()
        super()._run_script_thread()
        seconds = time.thread_time() - started
        messages = self.forward_msgs()
        drawn = [one for one in messages if one.HasField("delta")]
        _Timed.last = Run(
            seconds,
            elements=sum(one.delta.HasField("new_element") for one in drawn),
            sent=sum(one.ByteSize() for one in messages),
        )


def runs(page: Destination) -> tuple[list[Run], list[Run]]:
    """The page's runs for places that nobody has looked at, and for the same ones again."""
    test = AppTest.from_file(dashboard.__file__, default_timeout=120).run()
    if page != DESTINATIONS[0]:
        test.switch_page(page.file).run()
    has_places = any(one.key == "omrade" for one in test.selectbox)
    taken = []
    for place in PLACES * 2:
        if has_places:
            test.selectbox(key="omrade").set_value(place)
        test.run()
        if test.exception:
            raise SystemExit(f"{page.file} failed: {test.exception[0].value}")
        taken.append(_Timed.last)
    return (taken[: len(PLACES)] if has_places else []), taken[len(PLACES) :]


def measure() -> Measured:
    """What each page's script takes and sends."""
    # A server compiles a script once, and not for each reader.
    compiled = ScriptCache()
    kept = True
    rows = [["sida", "ms", "där ingen har tittat, ms", "element", "kB"]]
    with (
        patch.object(app_test, "LocalScriptRunner", _Timed),
        patch.object(local_script_runner, "ScriptCache", lambda: compiled),
        tempfile.TemporaryDirectory() as folder,
    ):
        os.environ["SAMVERKAN_DATA"] = folder
        demonstration.load_demo()
        for page in DESTINATIONS:
            if page.agreed:
                continue
            first, again = runs(page)
            seldom = median(run.seconds for run in first) if first else 0.0
            often = median(run.seconds for run in again)
            new = number(1000 * seldom, 0) if first else ""
            figures = 1000 * often, again[-1].elements, again[-1].sent / 1000
            taken, elements, sent = (number(figure, 0) for figure in figures)
            rows.append([page.title, taken, new, elements, sent])
            kept &= often <= AGAIN and seldom <= FIRST
    rows.append(["högst", number(1000 * AGAIN, 0), number(1000 * FIRST, 0), "", ""])
    return Measured(rows, kept=kept)
