"""What is promised about size and speed, measured: `make benchmark`.

Each part is a process of its own, which writes its table and has some minutes before it is ended.
`python -m benchmarks PART …` measures only those.
"""

import os
import signal
import subprocess
import sys
from importlib import import_module

from benchmarks import measured

MINUTES = {
    "loading": 6,
    "workbooks": 6,
    "growth": 15,
    "comparing": 15,
    "nation": 10,
    "showing": 10,
    "scripts": 6,
    "at_once": 12,
    "crowd": 8,
    "machines": 10,
    "hand_outs": 8,
}
"""How many each part may take; a third of it on cores with nothing else to do."""


def kept(part: str) -> bool:
    """Measure a part, write its table, and say whether what is promised holds."""
    result: measured.Measured = import_module(f"benchmarks.{part}").measure()
    print(part, *measured.table(result), sep="\n")
    measured.write(part, result)
    return result.kept


def kept_apart(part: str) -> bool:
    """As `kept`, in a process of its own, which is ended with what it began when time is out."""
    command = [sys.executable, "-m", "benchmarks", part]
    with subprocess.Popen(command, start_new_session=True) as process:
        try:
            return process.wait(60 * MINUTES[part]) == 0
        except subprocess.TimeoutExpired:
            print(f"{part} took more than {MINUTES[part]} minutes")
            # It takes its servers down first.
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
            return False


if __name__ == "__main__":
    asked = sys.argv[1:]
    if unknown := set(asked) - set(MINUTES):
        raise SystemExit(f"no such part: {', '.join(unknown)}; there are {', '.join(MINUTES)}")
    run = kept if len(asked) == 1 else kept_apart
    broken = [part for part in asked or MINUTES if not run(part)]
    if broken:
        raise SystemExit(f"a promise is broken: {', '.join(broken)}")
