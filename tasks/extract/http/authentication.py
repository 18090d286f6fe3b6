"""Who asks: the headers that say so, and the token that has to be fetched first and expires."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote_plus, unquote_plus

from tasks.errors import SourceRefused
from tasks.extract.environment import filled
from tasks.extract.http.address import address_of
from tasks.extract.http.clock import Clock
from tasks.extract.http.exchange import Answer, Request
from tasks.source.extracts.api import Authentication, OAuth2
from tasks.source.secret import revealed

EARLY = 30.0
"""Seconds before a token expires from which it is fetched anew: it must outlast the request."""


@dataclass(frozen=True)
class Token:
    """What a token's server gave, and from when on it is not to be used any more."""

    text: str = field(repr=False)
    ends: float | None


Ask = Callable[[Request, Callable[[Answer], Token]], Token]


class Credentials:
    """The headers that say who asks.

    Raises SourceRefused when a secret is missing, or is none that a header can hold.
    """

    def __init__(self, said: Authentication | None, ask: Ask, clock: Clock, others: Sequence[str] = ()) -> None:
        self._secrets = {one: secret(one) for one in said.references} if said else {}
        self._fixed = _fixed_headers(said, self._secrets) if said else {}
        self._token_request = _token_request(said.oauth2, self._secrets) if said and said.oauth2 else None
        self._others = others
        self._ask = ask
        self._clock = clock
        self._token: Token | None = None

    def headers(self) -> dict[str, str]:
        """What to send with a request; the token is fetched first where there is none that still holds."""
        if self._token_request is None:
            return self._fixed
        return {"authorization": f"Bearer {self._current(self._token_request).text}"}

    def renewed(self) -> bool:
        """Whether another token will be sent next time, now that this one was refused."""
        was, self._token = self._token, None
        return was is not None

    def are_in(self, text: str) -> bool:
        """Whether a text holds one of the secrets, as it is or as an address spells it, so that it must not be kept."""
        token = [self._token.text] if self._token else []
        told = text + "\n" + unquote_plus(text)
        return any(one in told for one in [*self._secrets.values(), *self._others, *token])

    def _current(self, request: Request) -> Token:
        token = self._token
        if token is None or (token.ends is not None and self._clock.seconds() >= token.ends):
            token = self._token = self._ask(request, self._token_in)
        return token

    def _token_in(self, answer: Answer) -> Token:
        try:
            said = json.loads(answer.body)
            text, life = said["access_token"], said.get("expires_in")
            ends = None if life is None else self._clock.seconds() + max(float(life) - EARLY, 0.0)
            kind = str(said.get("token_type", "bearer"))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            # What was answered may be a token after all, and is not repeated.
            raise SourceRefused("answers with no access_token") from error
        if kind.lower() != "bearer" or not isinstance(text, str) or not _is_sendable(text):
            raise SourceRefused("answers with a token that is no bearer's")
        return Token(text, ends)


def secret(reference: str) -> str:
    """A secret that a header can hold.

    Raises SourceRefused when there is none, or one with a line break in it, without repeating it.
    """
    text = revealed(reference)
    if not _is_sendable(text):
        raise SourceRefused(f"{reference} holds what no header can, perhaps a line break at its end")
    return text


def _is_sendable(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable() and text == text.strip()


def _fixed_headers(said: Authentication, secrets: Mapping[str, str]) -> dict[str, str]:
    if said.bearer:
        return {"authorization": f"Bearer {secrets[said.bearer]}"}
    if said.basic:
        return {"authorization": _basic(secrets[said.basic.username], secrets[said.basic.password])}
    return {said.api_key.header: secrets[said.api_key.key]} if said.api_key else {}


def _basic(username: str, password: str) -> str:
    return "Basic " + b64encode(f"{username}:{password}".encode()).decode()


def _token_request(said: OAuth2, secrets: Mapping[str, str]) -> Request:
    form = {"grant_type": "client_credentials"}
    form |= {name: value for name, value in (("scope", said.scope), ("audience", said.audience)) if value}
    client, password = secrets[said.client_id], secrets[said.client_secret]
    url = address_of(filled(said.token_url))
    if said.credentials_in == "body":
        return Request(url, form=form | {"client_id": client, "client_secret": password})
    return Request(url, credentials={"authorization": _basic(quote_plus(client), quote_plus(password))}, form=form)
