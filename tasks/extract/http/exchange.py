"""One exchange: a request, its answer to the last byte within its time and size, and the redirects on the way."""

import asyncio
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import TracebackType
from typing import Self

import httpx2

from tasks.errors import SourceRefused
from tasks.extract.http.address import followed, is_same_host, told
from tasks.extract.http.body import MEBIBYTE, received
from tasks.extract.http.passing import Passing
from tasks.source.extracts.api import Limits

# The library logs each address whole; its query may hold what is secret or personal.
logging.getLogger("httpx2").setLevel(logging.WARNING)

REDIRECTS = 5
REDIRECTING = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Request:
    """What is asked."""

    url: httpx2.URL
    headers: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Headers that only the host of the address may see."""
    form: Mapping[str, str] | None = field(default=None, repr=False)
    """What is posted; None where it is only asked for."""


@dataclass(frozen=True)
class Answer:
    """What was answered, whole."""

    url: httpx2.URL
    status: int
    headers: httpx2.Headers
    links: Mapping[str, str]
    body: bytes = field(repr=False)


class Exchange:
    """A connection to servers that is kept from one request to the next."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        # The library bounds each read, never the whole answer, and a server that sends a byte now and then would hold
        # us for ever; a task can be cancelled at its deadline whatever it is waiting for.
        self._runner = asyncio.Runner()
        self._http = httpx2.AsyncClient(verify=_trust(), timeout=httpx2.Timeout(limits.request.total_seconds()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._http.aclose())
        self._runner.close()

    def answer_to(self, request: Request, seconds: float) -> Answer:
        """The answer, redirects followed.

        Raises Passing when there was none in this time, SourceRefused when it is not to be taken.
        """
        seconds = min(seconds, self._limits.request.total_seconds())
        try:
            return self._runner.run(self._followed(request, seconds))
        except TimeoutError as error:
            raise Passing(f"did not answer to the end within {seconds:.0f} seconds") from error
        except httpx2.TimeoutException as error:
            raise Passing("did not answer in time") from error
        except httpx2.TransportError as error:
            raise _failure(error) from error

    async def _followed(self, request: Request, seconds: float) -> Answer:
        async with asyncio.timeout(seconds):
            for _ in range(REDIRECTS + 1):
                answer = await self._received(request)
                if answer.status not in REDIRECTING or "location" not in answer.headers:
                    return answer
                request = _redirected(request, answer)
            raise SourceRefused(f"leads from one address to the next, more than {REDIRECTS} times")

    async def _received(self, request: Request) -> Answer:
        headers = {"accept": "application/json", "accept-encoding": "gzip", **request.headers, **request.credentials}
        method = "GET" if request.form is None else "POST"
        async with self._http.stream(method, request.url, headers=headers, data=request.form) as response:
            body = await received(response, self._limits.answer_mebibytes * MEBIBYTE)
            return Answer(request.url, response.status_code, response.headers, _links(response), body)


def _links(response: httpx2.Response) -> dict[str, str]:
    """The links of the header by their relations, of which one link may have several."""
    named = [(name or "", link["url"]) for name, link in response.links.items() if "url" in link]
    return {relation.lower(): url for names, url in named for relation in names.split()}


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are believed: those that the machine believes; read once, it takes a tenth of a second."""
    return httpx2.create_ssl_context()


def _redirected(request: Request, answer: Answer) -> Request:
    if request.form is not None:
        raise SourceRefused("leads elsewhere with what was posted; say the address where it leads to")
    url = followed(request.url, answer.headers["location"])
    if request.url.scheme == "https" and url.scheme == "http":
        raise SourceRefused(f"leads to {told(url)}, out of the encrypted connection")
    if is_same_host(request.url, url):
        return replace(request, url=url)
    return Request(url)


def _failure(error: httpx2.TransportError) -> Passing | SourceRefused:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return SourceRefused(f"shows a certificate that is not to be trusted ({cause.verify_message})")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx2.ConnectError):
        return Passing("could not be reached")
    if isinstance(error, httpx2.LocalProtocolError | httpx2.UnsupportedProtocol):
        return SourceRefused("cannot be asked so")
    if isinstance(error, httpx2.RemoteProtocolError):
        return Passing("broke off, or answered what is not HTTP")
    return Passing("broke off")
