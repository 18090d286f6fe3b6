"""Addresses: of which host they are, and how they are told without what is secret in them."""

import re

import httpx2

from tasks.errors import SourceRefused

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?|[0-9a-f:.]+(%[a-z0-9]+)?", re.IGNORECASE)
"""A name as the name service takes it, or an address of numbers."""

PORTS = 65_535


def address_of(text: str) -> httpx2.URL:
    """The address that a text is.

    Raises SourceRefused when it is none of the web, or holds a password.
    """
    try:
        url = httpx2.URL(text.strip())
    except (httpx2.InvalidURL, ValueError):
        # The text is not repeated, nor by a cause: somebody may have put a password into the variable.
        raise SourceRefused("what stands as the API's address is none") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise SourceRefused(f"its address begins with {url.scheme or 'nothing'}:, not with https:// or http://")
    if not HOST.fullmatch(url.raw_host.decode()) or (url.port or 0) > PORTS:
        raise SourceRefused("its address names what can be no host")
    if url.userinfo:
        raise SourceRefused("its address holds a password; say it by `authentication`")
    return url


def followed(base: httpx2.URL, link: str) -> httpx2.URL:
    """Where a link of an answer leads.

    Raises SourceRefused when that is no address of the web.
    """
    try:
        return address_of(str(base.join(link)))
    except (httpx2.InvalidURL, ValueError):
        raise SourceRefused(f"{told(base)} leads to what is no address") from None


def told(url: httpx2.URL) -> str:
    """The address as a message may show it: without its query, which may hold what is secret or personal."""
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{url.host}{port}{url.path}"


def is_same_host(one: httpx2.URL, other: httpx2.URL) -> bool:
    """Whether what is secret to one host may be told to the other: the same scheme, name and port."""
    return _origin(one) == _origin(other)


def _origin(url: httpx2.URL) -> tuple[str, str, int]:
    return url.scheme, url.host.lower(), url.port or {"http": 80, "https": 443}[url.scheme]
