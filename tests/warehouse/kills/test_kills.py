"""Killed or refused at any call, the warehouse is as it was before or after, and goes on."""

import os
import subprocess
import sys
from pathlib import Path

from tests.effort import examples

ROOT = Path(__file__).parents[3]


def test_the_state_is_the_one_before_or_after(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "tests" / "warehouse" / "kills" / "killing.py"),
            str(tmp_path),
            # Every call under `make soak`.
            "6" if examples(1) == 1 else "1",
        ],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=900,
    )
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert lines[:-1] == []
    assert int(lines[-1].removeprefix("tried ")) >= 12
