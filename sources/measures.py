"""What Kolada calls its measures and says of them, made blocks that the catalogue reads.

Titles and definitions are Kolada's; how a measure is shown is said in sources.toml. A block in the
users' own indicators.toml of the same key takes the place of one here.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import reference
from loaders.reading.statistical import kolada
from machine import durable
from metrics.catalogue import KOLADA, indicators
from reference.similar import FILE
from settings import data_dir, toml
from sources.declaration import Measure, Source, SourceError

_SHORT = 45
_CAVEATS = (
    "Värdena är Koladas egna och räknas inte samman för områden och län. Kolada meddelar inte när "
    "ett värde ändras; det syns här när det hämtas igen."
)
_SIMILAR_HEAD = (
    "# Skrivs av samverkan när Kolada har svarat: liknande kommuner, som Kolada ger dem.\n"
)
_HEAD = (
    "# Skrivs av samverkan när Kolada har svarat. Ändra inte här: skriv ett eget block med samma\n"
)
_HEAD += "# nyckel i indicators.toml, så gäller det i stället.\n"


def declare(source: Source, answers: Path) -> None:
    """Write what the answers of Kolada say of the source's measures where the catalogue reads it.

    Answers about the country say which municipalities are similar. Raises SourceError where a
    measure is not told of.
    """
    document = json.loads(answers.read_bytes())
    if kolada.COUNTRY in document:
        _declare_similar(source, kolada.pages(document))
        return
    told = {
        str(one["id"]): one
        for page in kolada.pages(document)
        for one in page["values"]
        if "title" in one
    }
    path = data_dir() / KOLADA
    blocks: dict[str, Mapping[str, Any]] = dict(toml.read(path)) if path.is_file() else {}
    before = dict(blocks)
    taken = {
        name.casefold()
        for one in indicators().values()
        if one.key.upper() not in source.measures
        for name in (one.name, one.short)
    }
    for key, measure in sorted(source.measures.items()):
        if key not in told:
            raise SourceError(f"Kolada beskriver inte {key}.")
        blocks[key.lower()] = _block(key, told[key], measure, taken)
    if blocks != before:
        text = _HEAD + "".join(_written(key, block) for key, block in sorted(blocks.items()))
        durable.write(path, text.encode(), mode=0o644)


def _declare_similar(source: Source, pages: Sequence[Mapping[str, Any]]) -> None:
    """Write the newest group of similar municipalities of each of the county's."""
    names = {home.name: home.code for home in reference.municipalities()}
    newest: dict[str, tuple[str, str, list[str]]] = {}
    for one in (one for page in pages for one in page["values"] if "members" in one):
        title = _line(one.get("title"))
        theme, _, rest = title.removeprefix(source.similar).partition(", ")
        name, _, year = rest.partition(", ")
        code = names.get(name)
        if theme or code is None or not year.isdigit() or year <= newest.get(code, ("",))[0]:
            continue
        newest[code] = (year, title, [str(member["member_id"]) for member in one["members"]])
    text = "".join(
        _written(code, {"title": title, "codes": sorted({*codes} - {code})})
        for code, (_, title, codes) in sorted(newest.items())
    )
    durable.write(data_dir() / FILE, (_SIMILAR_HEAD + text).encode(), mode=0o644)


def _block(key: str, told: Mapping[str, Any], measure: Measure, taken: set[str]) -> dict[str, Any]:
    title = _line(told.get("title")) or key
    short = title if len(title) <= _SHORT else f"{title[:_SHORT].rpartition(' ')[0]} …"
    names = [f"{name} ({key})" if name.casefold() in taken else name for name in (title, short)]
    taken.update(name.casefold() for name in names)
    return {
        "name": names[0],
        "short": names[1],
        "unit": measure.unit,
        "decimals": measure.decimals,
        "direction": measure.direction,
        "calculation": "value",
        "counts": measure.counts,
        "grain": "year",
        "levels": ["municipality"],
        "definition": _line(told.get("description")) or "Kolada beskriver inte nyckeltalet.",
        "caveats": _CAVEATS,
        "source": f"Kolada (RKA), nyckeltal {key}",
    }


def _line(text: object) -> str:
    """A text from afar as one line of what can be shown."""
    return "".join(sign for sign in " ".join(str(text or "").split()) if sign.isprintable())


def _written(key: str, block: Mapping[str, Any]) -> str:
    # What JSON writes of texts, numbers and lists of texts is TOML as well.
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in block.items())
    return f"\n[{key}]\n{''.join(lines)}"
