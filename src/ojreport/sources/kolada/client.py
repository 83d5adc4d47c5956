"""Kolada's API, version 3, over HTTPS: page by page, patient with a server that is busy, and with a cache on disk.

What the API asks of those who use it (https://api.kolada.se/v3/docs): at most 25 ids in one part of a path, at most 5,000 rows
on a page, the next page at ``next_url``, and patience after 429.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import os
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from ojreport import __version__
from ojreport.errors import SourceError, UsageError
from ojreport.resources import cache_folder
from ojreport.sources.kolada.store import Kept, Store

BASE = "https://api.kolada.se/v3"
MOST_IDS = 25  # in one part of a path
MOST_ROWS = 5000  # on a page
ATTEMPTS = 4
FRESH = 24 * 3600.0  # seconds in which an answer that is kept is used without asking
_ONE_FETCH = 3600.0  # seconds that the pages of a list may lie apart: what is changed between them can not be seen
_LONGEST_WAIT = 60.0  # seconds that we wait because the server says so
_LONGEST_ANSWER = 90.0  # seconds, also for a server that sends a byte now and then
_LARGEST_ANSWER = 50_000_000  # bytes; 5,000 rows are 1 MB
_MOST_PAGES = 1000
_MOST_REDIRECTS = 3
_OK, _NOT_MODIFIED, _NOT_FOUND, _TOO_MANY = 200, 304, 404, 429
_MOVED = (301, 302, 303, 307, 308)
_PASSING = (500, 502, 503, 504, _TOO_MANY)  # faults that may be over in a moment
_LOCAL = ("localhost", "127.0.0.1", "::1")


def base_url(given: str = "") -> str:
    """The API's address: *given*, the environment variable OJREPORT_KOLADA, or Kolada's own (UsageError if it is not https)."""
    base = (given or os.environ.get("OJREPORT_KOLADA") or BASE).rstrip("/")
    parts = urlsplit(base)
    if parts.hostname is None or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)):
        raise UsageError(f"“{base}” can not be the address of Kolada's API; give OJREPORT_KOLADA one that begins with https://")
    return base


@cache
def _trusted() -> ssl.SSLContext:
    """Certificates are verified, with those that everybody trusts and those that this machine does."""
    context = httpx.create_ssl_context()
    context.load_default_certs()  # a kommun's proxy has a certificate that only its own machines know
    return context


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    body: bytes


class _FaultError(Exception):
    """Why there is no answer, as the end of a sentence that begins with Kolada."""


class _MixedError(Exception):
    """Pages of one list were fetched at times that are far apart."""


class Client:
    """Asks Kolada; to be used in a ``with``.

    ``kept`` has the times of the answers that were taken from the cache; ``fault`` is why Kolada could not be asked, empty when
    it could. After a fault Kolada is asked no more: what is kept is used, and what is not kept is a SourceError.
    """

    def __init__(
        self,
        base: str = "",
        *,
        cache: bool = True,
        fresh: float = FRESH,
        timeout: float = 20.0,
        backoff: float = 0.5,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = base_url(base)
        self.kept: list[float] = []
        self.fault = ""
        self._store = Store(cache_folder() / "kolada") if cache else None
        self._fresh, self._backoff, self._pause = fresh, backoff, pause
        self._http = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, 5.0)),
            verify=_trusted(),
            headers={"Accept": "application/json", "User-Agent": f"ojreport/{__version__}"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.close()

    def values(self, path: str) -> list[dict[str, Any]]:
        """The values of all pages at *path*; none where Kolada has no such thing. SourceError without an answer."""
        before = len(self.kept)
        try:
            return self._values(path, anew=False)
        except _MixedError:  # an area may be on both pages, or on none
            del self.kept[before:]
            return self._values(path, anew=True)

    def _values(self, path: str, *, anew: bool) -> list[dict[str, Any]]:
        url: str | None = f"{self.base}/{path}?per_page={MOST_ROWS}"
        found: list[dict[str, Any]] = []
        seen: dict[str, float] = {}
        while url:
            if url in seen or len(seen) == _MOST_PAGES:
                raise SourceError(f"Kolada's pages at {path} have no end; try again later")
            page, seen[url] = self._page(url, anew=anew)
            if max(seen.values()) - min(seen.values()) > _ONE_FETCH:
                raise _MixedError
            found += page["values"]
            following = page.get("next_url")
            url = self._own(url, following) if following else None
        return found

    def _page(self, url: str, *, anew: bool) -> tuple[dict[str, Any], float]:
        """One page, and when it was fetched; with *anew*, only one that is fetched now."""
        kept = self._store.load(url) if self._store else None
        if kept and not anew and 0 <= time.time() - kept.stored < self._fresh:
            return self._from(kept), kept.stored
        if not self.fault:
            try:
                return self._ask(url, kept), time.time()
            except _FaultError as fault:
                self.fault = str(fault)
        if kept and not anew:
            return self._from(kept), kept.stored
        raise SourceError(f"Kolada {self.fault}")

    def _from(self, kept: Kept) -> dict[str, Any]:
        self.kept.append(kept.stored)
        return _parsed(kept.body)  # only what could be parsed was kept

    def _ask(self, url: str, kept: Kept | None) -> dict[str, Any]:
        answer = self._final(url, kept.conditions if kept else {})
        if answer.status == _NOT_FOUND:
            return {"values": []}
        if answer.status == _NOT_MODIFIED and kept:
            body = kept.body
        elif answer.status == _OK:
            body = answer.body
        else:
            raise _FaultError(
                f"refuses the question ({answer.status}); check that a proxy or a firewall lets {self.base} through"
            )
        page = _parsed(body)
        if self._store:
            validators = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
            etag, modified = validators if answer.status == _OK or not kept else (kept.etag, kept.modified)
            self._store.save(url, Kept(body, time.time(), etag, modified))
        return page

    def _final(self, url: str, conditions: Mapping[str, str]) -> _Answer:
        """The answer after redirections, all of them to Kolada itself."""
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._patiently(url, conditions)
            if answer.status not in _MOVED:
                return answer
            url = self._own(url, answer.headers.get("location", ""))
        raise _FaultError("sends us round in a circle; try again later")

    def _own(self, url: str, following: object) -> str:
        """The address *following* on the host that we were told to ask (SourceError if it is another one's)."""
        base, parts = urlsplit(self.base), urlsplit(urljoin(url, str(following)))
        if parts.hostname != base.hostname or parts.scheme not in ("http", "https"):
            raise SourceError(f"Kolada points to another server ({parts.hostname}), which is not asked; try again later")
        # behind its own proxy a server may take itself for http: the scheme and the port are those of the base
        return urlunsplit((base.scheme, base.netloc, parts.path, parts.query, ""))

    def _patiently(self, url: str, conditions: Mapping[str, str]) -> _Answer:
        """The answer, asked for again after a fault that may pass, each time after twice the wait."""
        fault = ""
        for attempt in range(ATTEMPTS):
            wait = self._backoff * 2**attempt
            try:
                answer = self._once(url, conditions)
            except httpx.TimeoutException:
                fault = "does not answer in time"
            except (httpx.ConnectError, httpx.ProxyError) as error:
                raise _FaultError(self._unreachable(error)) from error
            except httpx.TransportError:
                fault = "breaks off the connection"
            else:
                if answer.status not in _PASSING:
                    return answer
                fault = "is busy (429)" if answer.status == _TOO_MANY else f"has a fault of its own ({answer.status})"
                wait = _retry_after(answer.headers.get("retry-after", ""), wait)
            if wait > _LONGEST_WAIT:
                raise _FaultError(f"{fault}; try again in {wait:.0f} seconds")
            if attempt < ATTEMPTS - 1:
                self._pause(wait)
        raise _FaultError(f"{fault}; try again later")

    def _once(self, url: str, conditions: Mapping[str, str]) -> _Answer:
        latest = time.monotonic() + _LONGEST_ANSWER
        body = bytearray()
        with self._http.stream("GET", url, headers=dict(conditions)) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > _LARGEST_ANSWER or time.monotonic() > latest:
                    raise _FaultError("sends more than an answer can hold; try again later")
            return _Answer(response.status_code, response.headers, bytes(body))

    def _unreachable(self, error: Exception) -> str:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            why = "its certificate can not be verified; ask your IT department about the proxy's certificate (SSL_CERT_FILE)"
        else:
            why = "check the network, and the proxy if you have one (HTTPS_PROXY)"
        return f"can not be reached at {self.base}: {why}"


def _parsed(body: bytes) -> dict[str, Any]:
    """The page in *body*: a JSON object with a list of objects, or one object alone."""
    try:
        page = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _FaultError("answers with something that is not JSON; a proxy or a login page may stand between") from error
    if isinstance(page, dict) and "id" in page and "values" not in page:
        page = {"values": [page]}
    values = page.get("values") if isinstance(page, dict) else None
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise _FaultError("answers with JSON that has no values; its API may have changed, see if there is a newer ojreport")
    return dict(page)


def _no_number(text: str) -> float:
    raise ValueError(text)


def _retry_after(text: str, otherwise: float) -> float:
    """The seconds that a Retry-After asks for, as a number or as a date; *otherwise* where it says nothing that is known."""
    if text.strip().isdecimal():
        return float(text)
    try:
        when = email.utils.parsedate_to_datetime(text)
        return max(0.0, (when - dt.datetime.now(dt.UTC)).total_seconds())
    except (ValueError, TypeError):
        return otherwise
