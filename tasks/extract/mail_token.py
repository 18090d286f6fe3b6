"""The token with which a mail server lets a program in that has no password: fetched as an API's token is."""

from datetime import timedelta

from tasks.extract.http.authentication import Credentials
from tasks.extract.http.clock import Clock
from tasks.extract.http.exchange import Exchange
from tasks.extract.http.patience import Patience
from tasks.source.extracts.api import Authentication, Limits, OAuth2

LIMITS = Limits.model_validate({"source": timedelta(minutes=2), "attempts": 3, "answer_mebibytes": 1})
"""A token is a short answer to a short question."""

SCHEME = "Bearer "


def token_of(said: OAuth2) -> str:
    """A token fetched with the program's own credentials.

    Raises SourceRefused when its server says no or answers with none, SourceUnreachable when it does not answer.
    """
    clock = Clock()
    with Exchange(LIMITS) as exchange:
        ask = Patience(exchange, LIMITS, clock).ask
        header = Credentials(Authentication(oauth2=said), ask, clock).headers()["authorization"]
    return header.removeprefix(SCHEME)
