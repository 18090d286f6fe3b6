"""The `api` connector: an API that answers in JSON is asked page by page, window by window, and may misbehave."""

import re
from collections.abc import Iterator

import httpx2

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.environment import filled, unset
from tasks.extract.fetching import Asking, Fetched
from tasks.extract.http.address import address_of
from tasks.extract.http.client import Client
from tasks.extract.http.clock import Clock
from tasks.extract.http.exchange import Exchange
from tasks.extract.http.paging import pages_of, with_query
from tasks.extract.http.parts import Part
from tasks.extract.http.reading import Reading
from tasks.extract.http.window import Stretch, filled_in, stretches
from tasks.source import Source
from tasks.source.extracts.api import ApiExtract
from tasks.source.secret import is_known, named

CLOCK = Clock()

SHOWN = 100
"""Characters of a position in a place: marks of some servers are pages long."""


def absent(source: Source) -> str | None:
    """Why the API cannot be asked here, as a sentence; None when it can."""
    extract = _extract(source)
    oauth2 = extract.authentication.oauth2 if extract.authentication else None
    names = unset([extract.url, *extract.query.values(), *([oauth2.token_url] if oauth2 else [])])
    if names:
        return f"{source.source}: skipped, {names[0]} is not set; set it to the address of the API, or its part of it"
    references = extract.authentication.references if extract.authentication else []
    missing = next((reference for reference in references if not is_known(reference)), None)
    return f"{source.source}: skipped, {named(missing)}" if missing else None


def fetch(source: Source, asking: Asking, clock: Clock | None = None) -> Iterator[Fetched]:
    """What is new, part by part; each is asked for when the one before is loaded.

    Raises SourceUnreachable when the API does not answer, SourceRefused when it says no or is none.
    """
    try:
        yield from _fetched(source, _extract(source), asking, clock or CLOCK)
    except SourceUnreachable as error:
        raise SourceUnreachable(f"{source.source}: {error}") from error
    except SourceRefused as error:
        raise SourceRefused(f"{source.source}: {error}") from error


def _fetched(source: Source, extract: ApiExtract, asking: Asking, clock: Clock) -> Iterator[Fetched]:
    with Exchange(extract.limits) as exchange:
        client = Client(extract, exchange, clock)
        reading = Reading(source, extract, client, asking.home)
        for stretch in stretches(extract, asking):
            pages = pages_of(extract, _address(extract, stretch))
            for number, read in enumerate(reading.parts(pages, stretch.position), start=1):
                # What a server calls its next page may repeat what we sent; that is not written down.
                begun_at = f"part {number}" if client.credentials.are_in(read.part.begun_at) else read.part.begun_at
                is_secret = read.position is not None and client.credentials.are_in(read.position)
                position = pages.first if is_secret else read.position
                yield _fetched_part(source, stretch, read.part, begun_at, position)


def _fetched_part(source: Source, stretch: Stretch, part: Part, begun_at: str, position: str | None) -> Fetched:
    where = " ".join([stretch.name] * bool(stretch.first) + [begun_at[:SHOWN]])
    name = re.sub(r"[^\w-]+", "-", f"{source.source} {where}").strip("-")
    return Fetched(
        path=part.path if part.records else None,
        name=f"{name}.jsonl",
        # As the file writes it: variables may hold what is nobody's business.
        place=f"{re.sub(r'^https?://[^/]*', '', _extract(source).url)} {where}",
        cursors=stretch.cursors(position),
    )


def _address(extract: ApiExtract, stretch: Stretch) -> httpx2.URL:
    def told(text: str) -> str:
        return filled(filled_in(text, stretch, extract.window))

    url = address_of(told(extract.url))
    return with_query(url, {name: told(text) for name, text in extract.query.items()})


def _extract(source: Source) -> ApiExtract:
    assert isinstance(source.extract, ApiExtract)
    return source.extract
