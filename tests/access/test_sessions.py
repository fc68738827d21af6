"""Sessions end: when idle, when old, when signed out; and are found by their own key alone."""

from pathlib import Path

from access.people import NOBODY
from access.sessions import Sessions


def test_a_session_ends_when_idle_and_when_old(data: Path) -> None:
    now = [0.0]
    sessions = Sessions(clock=lambda: now[0])
    key = _begun(sessions, idle=30, absolute=100)
    for at in (25, 50, 75):
        now[0] = at
        assert sessions.find(key)
    now[0] = 101
    assert sessions.find(key) is None
    key = _begun(sessions, idle=30, absolute=100)
    now[0] = 120
    # Looking whether it lives does not keep it alive.
    assert sessions.find(key, touch=False)
    now[0] = 132
    assert sessions.find(key) is None
    assert sessions.person(key) == NOBODY


def test_a_key_that_was_changed_or_made_up_finds_nobody(data: Path) -> None:
    sessions = Sessions()
    key = _begun(sessions)
    assert sessions.person(key).name == "Prov"
    for wrong in (key[:-1], key + "a", "x" + key[1:], "", ".", key.split(".")[0], "å.ä"):
        assert sessions.find(wrong) is None
    assert Sessions().find(key) is None
    assert sessions.end(key)
    assert sessions.find(key) is None


def _begun(sessions: Sessions, **lasts: float) -> str:
    return sessions.begin(
        subject="s",
        name="Prov",
        mark="p",
        origin="",
        idle=lasts.get("idle"),
        absolute=lasts.get("absolute"),
    )
