"""Whatever the API's description allows is asked, and the answers are as it describes them."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.applications import Starlette
from starlette.routing import Mount

from api.application import PREFIX, application
from tests.effort import examples


def test_every_answer_is_as_described(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    schemathesis = import_module("schemathesis")
    app = Starlette(routes=[Mount(PREFIX, application())])
    described = schemathesis.openapi.from_asgi(f"{PREFIX}/v1/openapi.json", app)
    asked = 0
    for found in described.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=examples(3),
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate()

        ask()
        asked += 1
    assert asked >= 9
