"""Asking an API as somebody: credentials with each request, and once more with a new token when one was refused."""

from collections.abc import Callable
from typing import TypeVar

import httpx2

from tasks.extract.environment import VARIABLE, filled
from tasks.extract.http.authentication import Credentials
from tasks.extract.http.clock import Clock
from tasks.extract.http.exchange import Answer, Exchange, Request
from tasks.extract.http.patience import Patience, SaidNo
from tasks.source.extracts.api import ApiExtract

Read = TypeVar("Read")

UNKNOWN = 401

KEY_LENGTH = 8
"""Characters from which on a variable of the query may be a key; a shorter one is the number of a branch."""


class Client:
    """Asks one API."""

    def __init__(self, extract: ApiExtract, exchange: Exchange, clock: Clock) -> None:
        self._headers = extract.headers
        self._patience = Patience(exchange, extract.limits, clock)
        self.credentials = Credentials(extract.authentication, self._patience.ask, clock, _hidden(extract))

    def get(self, url: httpx2.URL, read: Callable[[Answer], Read]) -> Read:
        """What the API answers at an address, read by the function that is given.

        Raises SaidNo, SourceRefused or SourceUnreachable, each with a sentence for the user.
        """
        try:
            return self._asked(url, read)
        except SaidNo as error:
            if error.status != UNKNOWN or not self.credentials.renewed():
                raise
        return self._asked(url, read)

    def _asked(self, url: httpx2.URL, read: Callable[[Answer], Read]) -> Read:
        return self._patience.ask(Request(url, self._headers, self.credentials.headers()), read)


def _hidden(extract: ApiExtract) -> list[str]:
    """What stands in the query by a variable of the environment, as the key of an API that takes it there."""
    values = [filled(f"${{{name}}}") for text in extract.query.values() for name in VARIABLE.findall(text)]
    return [value for value in values if len(value) >= KEY_LENGTH]
