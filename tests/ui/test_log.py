"""How a line of the log is read on the page."""

import pytest

from ui.log import audit as log


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (
            "discharges, 2026-10, goteborg: fel fil",
            "Utskrivningsklara, oktober 2026, Göteborgsområdet: fel fil",
        ),
        (
            "quarterly, 1480, 2026-K3, version 13",
            "Kvartalsrapport om avvikelser, Göteborg, kvartal 3 2026, version 13",
        ),
        ("inläsning 7: lan, 2026-10", "inläsning 7: lan, 2026-10"),
    ],
)
def test_keys_are_read_as_names(about: str, said: str) -> None:
    assert log.said(about) == said
