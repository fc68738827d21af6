"""Kolada's API 3: measures of the county's municipalities (https://api.kolada.se/v3/docs).

What came is one file: each answer byte for byte as Kolada gave it, in the order of the questions.
First what the measures are called and mean, then their values.
"""

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import requests

import reference
from loaders.reading.statistical.kolada import ANSWERS, COUNTRY
from sources.asking import Asking
from sources.declaration import Source, SourceError
from sources.remote import Readable, Remote

_A_PAGE = 5000
_AT_ONCE = 25
_MOST_PAGES = 200


@contextmanager
def listed(source: Source) -> Iterator[list[Remote]]:
    """The one file that the answers make, over a session that is open within the block."""
    with requests.Session() as session:
        # Neither a name nor a password goes to an open API, not even the machine's own (.netrc).
        session.auth = lambda request: request
        asking = Asking(source, session)
        asked = {ANSWERS: _of_county, COUNTRY: _of_country}
        yield [
            Remote(
                name=f"{source.name}{'' if key == ANSWERS else '_riket'}.json",
                size=None,
                changed=None,
                opened=partial(_opened, key, partial(answers, source, asking)),
            )
            for key, answers in asked.items()
        ]


@contextmanager
def _opened(key: str, answers: Callable[[], Iterator[bytes]]) -> Iterator[Readable]:
    yield _Answers(_written(key, answers()))


class _Answers:
    """Each read asks once more, so that the one who waits sees that something comes."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._left = b""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end. Raises SourceError."""
        if not self._left:
            self._left = next(self._parts, b"")
        given, self._left = self._left[:size], self._left[size:]
        return given


def _written(key: str, answers: Iterator[bytes]) -> Iterator[bytes]:
    before = f'{{"{key}":['.encode()
    for raw in answers:
        yield before + raw
        before = b",\n"
    yield b"]}"


def _years(source: Source) -> str:
    last = datetime.date.today().year
    return ",".join(map(str, range(last - source.years, last + 1)))


def _of_country(source: Source, asking: Asking) -> Iterator[bytes]:
    """Which municipalities are similar, and every measure of all of them."""
    base, theme = source.where.rstrip("/"), source.similar
    for raw, _ in _pages(asking, f"{base}/municipality_groups", title=theme):
        yield raw
    for ids in _some(sorted(source.measures)):
        asked = f"{base}/data/kpi/{','.join(ids)}/year/{_years(source)}"
        for raw, page in _pages(asking, asked):
            _refuse_others(page["values"], ids, None, years=_years(source))
            yield raw


def _of_county(source: Source, asking: Asking) -> Iterator[bytes]:
    """What the measures are called and mean, and their values in the county's municipalities."""
    base = source.where.rstrip("/")
    measures = sorted(source.measures)
    places = sorted(home.code for home in reference.municipalities())
    years = _years(source)
    named: set[str] = set()
    for ids in _some(measures):
        for raw, page in _pages(asking, f"{base}/kpi/{','.join(ids)}"):
            named |= {str(one.get("id")) for one in page["values"]}
            yield raw
    if missing := [one for one in measures if one not in named]:
        raise SourceError(
            f"Kolada har inget nyckeltal {', '.join(missing)}. Pröva raden measures i sources.toml."
        )
    for ids in _some(measures):
        for codes in _some(places):
            asked = f"/data/kpi/{','.join(ids)}/municipality/{','.join(codes)}/year/{years}"
            for raw, page in _pages(asking, base + asked):
                _refuse_others(page["values"], ids, codes, years=years)
                yield raw


def _some(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as a question may have."""
    for at in range(0, len(keys), _AT_ONCE):
        yield keys[at : at + _AT_ONCE]


def _pages(
    asking: Asking, url: str, *, title: str = ""
) -> Iterator[tuple[bytes, Mapping[str, Any]]]:
    """Every page of an answer. Raises SourceError where one is not as Kolada gives it."""
    query = urlencode({"page": 1, "per_page": _A_PAGE, **({"title": title} if title else {})})
    following = f"{url}?{query}"
    seen: set[str] = set()
    given = 0
    while following:
        seen.add(following)
        raw, page = asking.ask(following)
        if not isinstance(page, Mapping) or not isinstance(page.get("values"), list):
            raise SourceError("Svaret från Kolada saknar values. Ingenting har lästs in.")
        count = page.get("count")
        if isinstance(count, int) and len(seen) == 1 and len(page["values"]) > count:
            raise SourceError("Svaret från Kolada har fler värden än det säger sig ha.")
        if not all(isinstance(one, Mapping) for one in page["values"]):
            raise SourceError("Svaret från Kolada är inte i den form som API:et beskriver.")
        given += len(page["values"])
        yield raw, page
        following = next_page(page.get("next_url"), url, seen)
        # The count is of the page or of them all; less than either is a part of an answer.
        known = count if isinstance(count, int) else 0
        if not following and len(page["values"]) < known and given < known:
            raise SourceError(
                f"Kolada säger sig ha {known} värden men gav {given}. Ingenting har lästs in."
            )


def next_page(told: object, url: str, seen: Collection[str]) -> str:
    """The address of the next page, empty after the last; asked for in the same way as the first.

    A server behind another may call itself http. Raises SourceError for any other host.
    """
    if not told:
        return ""
    base, target = urlsplit(url), urlsplit(urljoin(url, str(told)))
    following = target._replace(scheme=base.scheme).geturl()
    if target.netloc != base.netloc or following in seen or len(seen) >= _MOST_PAGES:
        raise SourceError(f"Kolada hänvisar till {told}, som inte är nästa del av svaret.")
    return following


def _refuse_others(
    values: Sequence[Mapping[str, Any]],
    ids: Sequence[str],
    codes: Sequence[str] | None,
    *,
    years: str,
) -> None:
    """An answer to another question than was asked is no answer."""
    for one in values:
        elsewhere = codes is not None and one.get("municipality") not in codes
        sometime = str(one.get("period")) not in years.split(",")
        if one.get("kpi") not in ids or elsewhere or sometime:
            raise SourceError(
                f"Kolada svarar om {one.get('kpi')} för {one.get('municipality')} "
                f"{one.get('period')}, som det inte frågades om. Ingenting har lästs in."
            )
