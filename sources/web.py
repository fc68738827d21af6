"""One file over https, or the files that a page links to, below the page's own address."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import partial
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import requests

from sources.declaration import Source, SourceError
from sources.remote import Readable, Remote, Unreadable, refuse_large

_PAGE_BYTES = 5_000_000


@contextmanager
def listed(source: Source) -> Iterator[list[Remote]]:
    """The files, over a session that is open within the block."""
    with requests.Session() as session:
        # Names and passwords come from the declaration, never from the machine's .netrc.
        session.auth = _login(source)
        session.max_redirects = 5
        urls = [source.where]
        if source.url.path.endswith("/"):
            links = _Links()
            with _opened(session, source, source.where) as page:
                links.feed(page.read(_PAGE_BYTES).decode("utf-8", "replace"))
            urls = [
                url
                for url in dict.fromkeys(urljoin(source.where, link) for link in links.found)
                if url.startswith(source.where) and not url.endswith("/")
            ]
        yield [_remote(session, source, url) for url in urls if source.wants(_name(url))]


def _name(url: str) -> str:
    return unquote(urlsplit(url).path).rpartition("/")[2]


def _remote(session: requests.Session, source: Source, url: str) -> Remote:
    """The file with what its server tells of it beforehand, where it does."""
    name = _name(url)
    opened = partial(_opened, session, source, url)
    told = session.head(url, timeout=source.timeout_seconds, allow_redirects=False)
    size = told.headers.get("Content-Length", "")
    if not told.ok or not size.isdigit():
        return Remote(name=name, size=None, changed=None, opened=opened)
    when = told.headers.get("Last-Modified", "")
    return Remote(
        name=name,
        size=int(size),
        changed=_time(when),
        opened=opened,
        tag=told.headers.get("ETag", "") or when,
    )


def _time(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except ValueError:
        return None


class _Login(requests.auth.AuthBase):
    """Sends what the source wants; none also keeps requests from looking in .netrc."""

    def __init__(self, header: str | None) -> None:
        self._header = header

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._header:
            request.headers["Authorization"] = self._header
        return request


def _login(source: Source) -> requests.auth.AuthBase:
    token, user = source.secret("token_from"), source.secret("user_from")
    if user is not None:
        return requests.auth.HTTPBasicAuth(user, source.secret("password_from") or "")
    return _Login(f"Bearer {token}" if token else None)


class _Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for key, value in attrs if tag == "a" and key == "href" and value]


class _Body:
    """The answer's content as it comes, unpacked where the server packed it for the way."""

    def __init__(self, answer: requests.Response) -> None:
        self._chunks = answer.iter_content(1 << 16)
        self._left = b""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        while len(self._left) < size and (chunk := next(self._chunks, b"")):
            self._left += chunk
        given, self._left = self._left[:size], self._left[size:]
        return given


@contextmanager
def _opened(session: requests.Session, source: Source, url: str) -> Iterator[Readable]:
    with session.get(url, stream=True, timeout=source.timeout_seconds) as answer:
        if urlsplit(answer.url).scheme != source.url.scheme:
            raise SourceError("Servern skickar vidare till en adress utan https.")
        if answer.status_code in (401, 403):
            raise SourceError(
                f"Servern nekar ({answer.status_code}). Kontrollera inloggningsuppgifterna."
            )
        if not answer.ok:
            error = SourceError if url == source.where else Unreadable
            raise error(f"Servern svarar {answer.status_code} på {url}.")
        size = answer.headers.get("Content-Length", "")
        refuse_large(int(size) if size.isdigit() else None)
        yield _Body(answer)
