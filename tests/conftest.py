"""What tests of several rooms share: the demo data, loaded once for all of them."""

import fcntl
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner

from pipeline import demonstration

# Rooms with files of few tests that take long: begun last, such a file would leave the other test
# processes with nothing to do.
_LONG = ("browser", "warehouse", "reports", "pages", "commands")
_HERE = Path(__file__).parent

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, a file of each room in turn, so that browsers do not all run at once."""
    passed: Counter[str] = Counter()
    ranks: dict[Path, tuple[int, int]] = {}
    for path in dict.fromkeys(item.path for item in items):
        room = path.relative_to(_HERE).parts[0]
        is_long = room in _LONG
        ranks[path] = (passed[room], _LONG.index(room)) if is_long else (len(items), 0)
        passed[room] += 1
    items.sort(key=lambda item: ranks[item.path])


@pytest.fixture(scope="session", autouse=True)
def _state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the machine remembers of data folders is the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_apps() -> Iterator[None]:
    """Streamlit reads the description of every installed package, in search of components, for
    each app that a test opens; a server does so once. It looks each thousandth of a second whether
    the app has run, through all that it has told; here its end is waited for."""
    looked = local_script_runner.require_widgets_deltas

    def waited(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
        if runner._script_thread is not None:
            runner._script_thread.join(timeout)
        looked(runner, 0.1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda **_: [])
        patch.setattr(local_script_runner, "require_widgets_deltas", waited)
        yield


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write exports in, beside the empty data folder that they are loaded into."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the test process's own with the demo data in it.

    Loading it takes its time, so the first process does it and the others copy.
    """
    own = tmp_path_factory.getbasetemp()
    # Under xdist each process has a folder within the run's.
    shared = (own.parent if own.name.startswith("popen-") else own) / "demo-shared"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "data").exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SAMVERKAN_DATA", str(shared / "loading"))
                demonstration.load_demo()
            (shared / "loading").rename(shared / "data")
    return Path(shutil.copytree(shared / "data", tmp_path_factory.mktemp("demo") / "data"))
