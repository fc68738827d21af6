"""A few of the messy files: none is silently wrong. `make messy` tries them all."""

from pathlib import Path

import pytest

from tests.messy.judging import Messy, Outcome, files, judge

_EVERY = 31
CHOSEN = [messy for number, messy in enumerate(files()) if number % _EVERY == 0]


@pytest.mark.parametrize(
    "messy", CHOSEN, ids=lambda messy: f"{messy.draft.table}: {' + '.join(messy.kinds)}"
)
def test_none_is_silently_wrong(
    messy: Messy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    verdict = judge(messy)
    assert verdict.outcome is not Outcome.WRONG, (verdict.codes, verdict.differing)
