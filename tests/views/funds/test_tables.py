"""The register of 2020 as the page shows it: every sum to the krona, every bound a bound."""

import pandas as pd
import pytest

import reference
from views.funds.proposal import proposed
from views.funds.sentences import Amount
from views.funds.tables import FundView, Grant

TEN = Amount(10_000_000)
# Requisitioned and used; each may requisition 275 000 kr.
NOSAM = {
    "Centrum": (275_000, 260_000),
    "Hisingen": (275_000, 275_000),
    "Nordost": (200_000, 90_500),
    "Sydväst": (275_000, 0),
    "Härryda": (150_000, 150_000),
    "Mölndal": (0, 0),
    "Partille": (275_000, 31_250),
    "Öckerö": (120_000, 120_000),
}
ALLOCATED = (
    Grant(level="county", recipient="Västra Götaland", allocated=Amount(33_000_000, "lower")),
    Grant(level="areas", recipient="De sex vårdsamverkansområdena", allocated=TEN),
    Grant(
        level="area",
        recipient="Göteborgsområdet",
        area="goteborg",
        allocated=Amount(4_000_000, "lower"),
    ),
    Grant(level="federation", recipient="Kommunalförbunden", allocated=TEN),
    Grant(level="region", recipient="Västra Götalandsregionen", allocated=TEN),
)
SUICIDE = FundView(
    programme="Suicidprevention",
    year="2020",
    grants=ALLOCATED
    + tuple(
        Grant(
            level="nosam",
            recipient=f"NOSAM {name}",
            ceiling=Amount(275_000),
            requisitioned=Amount(requisitioned),
            used=Amount(used),
        )
        for name, (requisitioned, used) in NOSAM.items()
    ),
)
PROJECTS = FundView(
    programme="Medel G HSN",
    year="2019",
    grants=(
        Grant(level="project", recipient="Haga", allocated=Amount(1_350_000)),
        Grant(level="project", recipient="SU", allocated=Amount(970_000)),
    ),
)
PEOPLE = {code: people for (code, year), people in reference.population().items() if year == 2025}


def told(frame: pd.DataFrame) -> list[tuple[str, float, str]]:
    return list(zip(frame["name"], frame["value"], frame["bound"], strict=True))


def test_from_allocated_to_left() -> None:
    assert told(SUICIDE.steps) == [
        ("Tilldelat", 33_000_000, "lower"),
        ("Får rekvirera", 2_200_000, "exact"),
        ("Rekvirerat", 1_570_000, "exact"),
        ("Använt", 926_750, "exact"),
        ("Kvar", 643_250, "exact"),
    ]
    assert list(SUICIDE.steps["detail"])[:2] == ["Västra Götaland", "8 NOSAM"]


def test_whole_parts_and_what_they_do_not_explain() -> None:
    assert told(SUICIDE.division) == [
        ("Västra Götaland", 33_000_000, "lower"),
        ("De sex vårdsamverkansområdena", 10_000_000, "exact"),
        ("Göteborgsområdet", 4_000_000, "lower"),
        ("Ej redovisat", 6_000_000, "upper"),
        ("Kommunalförbunden", 10_000_000, "exact"),
        ("Västra Götalandsregionen", 10_000_000, "exact"),
        ("Ej redovisat", 3_000_000, "lower"),
    ]


def test_the_finding() -> None:
    assert SUICIDE.finding.replace("\u00a0", " ") == (
        "Suicidprevention 2020: minst 33 000 000 kr tilldelat Västra Götaland. "
        "De sex vårdsamverkansområdena, Kommunalförbunden och Västra Götalandsregionen får "
        "tillsammans 30 000 000 kr. Ej redovisat: minst 3 000 000 kr. "
        "8 NOSAM får rekvirera 2 200 000 kr, har rekvirerat 1 570 000 kr (71 procent) "
        "och har använt 926 750 kr (59 procent). Kvar av det rekvirerade: 643 250 kr."
    )
    assert PROJECTS.finding.replace("\u00a0", " ") == (
        "Medel G HSN 2019: 2 320 000 kr tilldelat till 2 projekt. "
        "Uppgift om rekvirerade och använda medel saknas."
    )


def test_without_a_whole_nothing_is_unexplained() -> None:
    assert told(PROJECTS.steps) == [("Tilldelat", 2_320_000, "exact")]
    assert list(PROJECTS.division["name"]) == ["Haga", "SU"]


def test_the_table_adds_up() -> None:
    table = SUICIDE.table.set_index("name")
    columns = ["ceiling", "requisitioned", "used", "left", "unclaimed"]
    assert list(table.loc["Summa", columns]) == [2_200_000, 1_570_000, 926_750, 643_250, 630_000]
    assert list(table.loc["NOSAM Partille", columns]) == [
        275_000, 275_000, 31_250, 243_750, 0,
    ]  # fmt: skip
    assert (table[columns].iloc[:-1].sum() == table.loc["Summa", columns]).all()


def test_a_sum_that_lacks_a_part_is_at_least_what_is_known() -> None:
    grants = (
        Grant(level="nosam", recipient="A", ceiling=Amount(10), requisitioned=Amount(4)),
        Grant(level="nosam", recipient="B", ceiling=Amount(10)),
    )
    view = FundView(programme="P", year="2020", grants=grants)
    assert told(view.steps) == [("Får rekvirera", 20, "exact"), ("Rekvirerat", 4, "lower")]
    assert list(view.table["requisitioned_status"]) == ["ok", "missing", "lower-bound"]


def test_what_is_left_is_of_those_whose_both_amounts_are_known() -> None:
    grants = (
        Grant(level="nosam", recipient="A", ceiling=Amount(10), requisitioned=Amount(4),
              used=Amount(1)),
        Grant(level="nosam", recipient="B", requisitioned=Amount(50)),
        Grant(level="nosam", recipient="C", ceiling=Amount(10)),
    )  # fmt: skip
    view = FundView(programme="P", year="2020", grants=grants)
    assert told(view.steps)[-1] == ("Kvar", 3, "lower")
    assert view.finding.endswith("Kvar av det rekvirerade: minst 3\N{NO-BREAK SPACE}kr.")
    total = view.table.iloc[-1]
    assert (total["unclaimed"], total["unclaimed_status"]) == (6, "lower-bound")


def test_parts_that_exceed_the_whole_are_said_to() -> None:
    grants = (
        Grant(level="county", recipient="Länet", allocated=Amount(10)),
        Grant(level="region", recipient="Regionen", allocated=Amount(12)),
    )
    view = FundView(programme="P", year="2020", grants=grants)
    assert "Ej redovisat" not in list(view.division["name"])
    assert "Det är 2\u00a0kr mer än helheten." in view.finding


def test_nothing_known() -> None:
    view = FundView(programme="P", year="2020", grants=())
    assert view.steps.empty
    assert view.division.empty
    assert view.table.empty
    assert view.finding.startswith("P 2020: uppgift om tilldelade medel saknas.")


@pytest.mark.parametrize(("by", "places"), [("area", 6), ("municipality", 49)])
def test_a_proposal_adds_up_to_the_krona(by: str, places: int) -> None:
    shown = proposed(ALLOCATED[1], inhabitants=PEOPLE, year="2025", by=by)
    assert len(shown.rows) == places + 1
    assert shown.rows["kronor"].iloc[:-1].sum() == shown.rows["kronor"].iloc[-1] == 10_000_000
    assert "beräknad på befolkningsandel 2025" in shown.finding
    assert "inget beslut" in shown.finding


def test_an_areas_sum_is_for_its_municipalities() -> None:
    shown = proposed(ALLOCATED[2], inhabitants=PEOPLE, year="2025", by="area")
    own = {"Göteborg", "Härryda", "Mölndal", "Partille", "Öckerö"}
    assert set(shown.rows["name"]) == {*own, "Summa"}
    assert shown.rows["kronor"].iloc[:-1].sum() == shown.rows["kronor"].iloc[-1] == 4_000_000
    assert "minst 4\u00a0000\u00a0000\u00a0kr" in shown.finding


def test_the_areas_common_sum_is_the_first_to_divide() -> None:
    assert [grant.recipient for grant in SUICIDE.divisible][:2] == [
        "De sex vårdsamverkansområdena",
        "Västra Götaland",
    ]


def test_nothing_allocated_cannot_be_split() -> None:
    with pytest.raises(ValueError, match="allocated"):
        proposed(Grant(level="nosam", recipient="A"), inhabitants=PEOPLE, year="2025", by="area")
