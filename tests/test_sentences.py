"""Every sentence that the code can say is Swedish, also those that no test brings about."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.effort import in_soak
from tests.words import not_swedish

pytestmark = in_soak
ROOT = Path(__file__).parents[1]
ROOMS = (
    "access",
    "api",
    "charts",
    "commands",
    "loaders",
    "mail",
    "metrics",
    "pages",
    "pipeline",
    "reference",
    "reports",
    "settings",
    "sources",
    "swedish",
    "ui",
    "views",
    "warehouse",
)
# What only who writes code is told.
FOR_DEVELOPERS = {"KeyError", "NotImplementedError", "RuntimeError", "TypeError", "ValueError"}
# What a library says, and the program puts into Swedish.
PUT_INTO_SWEDISH = {"Show this message and exit."}
# Of several words, that begins with a capital letter and ends.
SENTENCE = re.compile(r"[A-ZÅÄÖ]\w* [^{}<>;]*[.!?]")


def _unsaid(tree: ast.AST) -> set[int]:
    """The strings that are no texts: documentation, and what developers are told."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            name = getattr(node.exc.func, "id", "")
            if name in FOR_DEVELOPERS:
                found |= {id(part) for part in ast.walk(node)}
    return found


def _texts(tree: ast.AST) -> Iterator[str]:
    unsaid = _unsaid(tree)
    for node in ast.walk(tree):
        if id(node) in unsaid:
            continue
        if isinstance(node, ast.JoinedStr):
            unsaid |= {id(part) for part in node.values}
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_sentence_of_the_code_is_swedish() -> None:
    said = [
        text
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for text in _texts(ast.parse(path.read_text(encoding="utf-8")))
        if SENTENCE.fullmatch(text) and text not in PUT_INTO_SWEDISH
    ]
    assert len(said) > 500
    assert not_swedish("\n".join(said)) == []


def test_what_streamlit_says_is_put_into_swedish() -> None:
    labels = (ROOT / "ui" / "labels.js").read_text(encoding="utf-8")
    put = re.findall(r'^ *(?:"[^"]+":|\[/.*/s?,)\s*"([^"]+)"', labels, flags=re.MULTILINE)
    assert len(put) > 50
    assert not_swedish("\n".join(put).replace("$", "")) == []
