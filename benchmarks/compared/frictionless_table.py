"""frictionless tries each row of the file against a schema."""

import csv
import sys
from pathlib import Path

from frictionless import Resource, Schema, validate

path, _, known = sys.argv[1:4]


def names(file: str) -> list[str]:
    """The names in a file of them."""
    with (Path(known) / file).open(encoding="utf-8") as opened:
        return [row["name"] for row in csv.DictReader(opened)]


time: dict[str, object] = {"type": "datetime", "format": "%Y-%m-%d %H:%M"}
fields: list[dict[str, object]] = [
    {"name": "Löpnr", "type": "integer"},
    {"name": "Folkbokföringskommun", "constraints": {"enum": names("homes.csv")}},
    {"name": "Sjukhus", "constraints": {"enum": names("sites.csv")}},
    {"name": "Vårdform", "constraints": {"enum": ["Somatik", "Psykiatri"]}},
    {"name": "Inskrivningsdatum", "type": "date"},
    {"name": "Meddelande utskrivningsklar", **time},
    {"name": "Utskrivningsdatum", **time},
]
typed = [{"type": "string"} | field for field in fields]
resource = Resource(
    path=Path(path).name,
    basepath=str(Path(path).parent),
    schema=Schema.from_descriptor({"fields": typed}),
)
report = validate(resource, limit_memory=4000)
if not report.valid:
    sys.exit(str(report.flatten(["rowNumber", "fieldName", "type"])[:3]))
