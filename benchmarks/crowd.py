"""Fifty readers at once, each of whom changes area every five seconds: how long they wait, whether
anything goes wrong, and what memory they cost while they are there and after they have left.

They speak as browsers do, without drawing; a wait is from the question to the end of the answer.
"""

import asyncio
import os
import subprocess
import tempfile
import time
from statistics import quantiles

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.measured import Measured
from benchmarks.processes import SAMVERKAN, serving
from pipeline import demonstration
from swedish.typography import number

READERS, CHANGES, EVERY = 50, 8, 5.0
SECONDS, MEGABYTES = 2.0, 15.0
PLACES = ("lan", "goteborg", "simba", "samla", "sodra-alvsborg", "fyrbodal", "skaraborg")
# Streamlit holds a session for whoever loses the connection two minutes.
FORGOTTEN = 130


async def _answered(reader: ClientConnection, place: str) -> float:
    """Seconds until Översikt of the place has come. Raises RuntimeError where it says an error."""
    asked = BackMsg()
    asked.rerun_script.query_string = f"omrade={place}"
    started = time.perf_counter()
    await reader.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(await reader.recv(decode=False))
        element = message.delta.new_element
        if element.HasField("exception") or (
            element.HasField("alert") and element.alert.format == element.alert.ERROR
        ):
            raise RuntimeError(str(element)[:300])
        if message.HasField("script_finished"):
            return time.perf_counter() - started


async def _reader(address: str, at: int, changes: int) -> list[float]:
    await asyncio.sleep(EVERY * at / READERS)
    waited = []
    async with connect(address, max_size=None, open_timeout=None, ping_interval=None) as reader:
        await _answered(reader, PLACES[at % len(PLACES)])
        for change in range(1, changes + 1):
            await asyncio.sleep(EVERY)
            waited.append(await _answered(reader, PLACES[(at + change) % len(PLACES)]))
    return waited


async def _crowd(address: str, changes: int) -> list[float]:
    readers = (_reader(address, at, changes) for at in range(READERS))
    return [seconds for waited in await asyncio.gather(*readers) for seconds in waited]


def _megabytes(process: subprocess.Popen[bytes]) -> float:
    said = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True, text=True, check=True
    )
    return int(said.stdout) / 1024


def measure() -> Measured:
    """How long they wait, and what memory they cost."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMVERKAN_DATA"] = folder
        demonstration.load_demo()
        with serving([SAMVERKAN, "serve", "--port"]) as (port, process):
            address = f"ws://127.0.0.1:{port}/_stcore/stream"
            # What is kept for all readers is none of theirs.
            asyncio.run(_reader(address, 0, len(PLACES)))
            before = _megabytes(process)
            waited = asyncio.run(_crowd(address, CHANGES))
            each = (_megabytes(process) - before) / READERS
            time.sleep(FORGOTTEN)
            asyncio.run(_crowd(address, 1))
            again = (_megabytes(process) - before) / READERS
    slow = quantiles(waited, n=20)[-1]
    most = f"{number(MEGABYTES, 0)} MB"
    return Measured(
        [
            [f"{READERS} läsare, {len(waited)} byten av område", "uppmätt", "högst"],
            ["95 av 100 väntade", f"{number(slow, 2)} s", f"{number(SECONDS, 0)} s"],
            ["minne, var", f"{number(each, 1)} MB", most],
            ["när de har gått och lika många kommit", f"{number(again, 1)} MB", most],
        ],
        kept=slow < SECONDS and max(each, again) < MEGABYTES,
    )
