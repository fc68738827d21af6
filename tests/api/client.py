"""A client that knows the API's description, and nothing of the program that it belongs to."""

from collections.abc import Callable, Iterator
from typing import Any

Get = Callable[[str, dict[str, str]], Any]


class Client:
    """Asks for lists by what they are lists of, as the description calls it."""

    def __init__(self, get: Get, description: dict[str, Any]) -> None:
        self._get = get
        self._base = description["servers"][0]["url"]
        self._schemas = description["components"]["schemas"]
        self._paths = {
            self._item(told["get"]): path
            for path, told in description["paths"].items()
            if "get" in told
        }

    def _item(self, operation: dict[str, Any]) -> str:
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        page = self._schemas[answer["$ref"].rpartition("/")[2]]
        return str(page["properties"]["items"]["items"]["$ref"].rpartition("/")[2])

    def all(self, kind: str, **asked: str) -> Iterator[dict[str, Any]]:
        """Every thing of a kind; what the path has a place for goes there."""
        path = self._paths[kind]
        for name in [name for name in asked if f"{{{name}}}" in path]:
            path = path.replace(f"{{{name}}}", asked.pop(name))
        address: str | None = f"{self._base}{path}"
        while address:
            page = self._get(address, asked)
            yield from page["items"]
            address, asked = page["next"], {}
