"""Each command ended, and refused, at the calls that change files; `make soak`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.effort import in_soak
from tests.warehouse.kills.cases import COMMANDS
from tests.warehouse.kills.each_call import REFUSED

HERE = Path(__file__).parent

# Some minutes a command; make test has the sample of test_kills.
pytestmark = in_soak


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is preloaded; needs a C compiler, and Linux."""
    compiler = shutil.which("cc")
    assert compiler, "Debian, Ubuntu: sudo apt-get install gcc libc6-dev"
    library = tmp_path_factory.mktemp("refusing") / "refusing.so"
    source = HERE / "refusing.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
    return library


@pytest.mark.parametrize("command", COMMANDS)
def test_before_or_after_at_every_call(command: str, refusing: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, HERE / "each_call.py", command, tmp_path],
        capture_output=True,
        text=True,
        env=os.environ
        | {
            "LD_PRELOAD": str(refusing),
            "PYTHONPATH": str(HERE.parents[2]),
        },
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    # One line for each way, and one for each fault.
    assert len(told) == 1 + len(REFUSED), told
    assert all(int(line.split(": ")[1].split()[0]) for line in told)
