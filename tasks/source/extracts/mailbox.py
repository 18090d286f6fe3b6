"""What a source file says of a mailbox: the server, who reads it, and which of its folders."""

import re
from datetime import date
from ipaddress import ip_address
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from tasks.source.extracts.api import OAuth2
from tasks.source.extracts.files import FilesExtract
from tasks.source.secret import SecretReference
from tasks.source.strict import Strict

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _as_day(text: object) -> object:
    """Raises ValueError when it is no day."""
    if isinstance(text, str) and not DAY.fullmatch(text):
        raise ValueError(f"{text!r} is no day; 2025-01-31 is")
    return text


class MailboxExtract(Strict):
    """Folders of a mailbox, read by IMAP; nothing in it is changed, and nothing is marked as read."""

    connector: Literal["mailbox"]
    host: str = Field(min_length=1, description="Name of the server; ${NAME} is taken from the environment.")
    port: str | None = Field(None, pattern=r"^(\d{1,5}|\$\{\w+\})$", description="Left out: 993, or 143 without TLS.")
    security: Literal["tls", "starttls", "none"] = Field("tls", description="none: on this machine alone.")
    user: str = Field(min_length=1, description="Who reads it; ${NAME} is taken from the environment.")
    password: SecretReference | None = Field(None, description="Where it is kept: ${NAME} or block:<name>.")
    oauth2: OAuth2 | None = Field(None, description="In its place, for a server that takes no passwords.")
    folders: tuple[Annotated[str, StringConstraints(min_length=1)], ...] = Field(("INBOX",), min_length=1)
    since: Annotated[date | None, BeforeValidator(_as_day)] = Field(
        None, description="Mails that the server received before this day are left out."
    )

    @model_validator(mode="after")
    def is_let_in_by_one_secret(self) -> Self:
        """A password or a token, and never in the clear over a network."""
        if bool(self.password) == bool(self.oauth2):
            raise ValueError("say either `password` or `oauth2`")
        if self.security == "none" and "${" not in self.host and not is_this_machine(self.host):
            raise ValueError(
                "security is none, but the password would cross a network in the clear; say tls or starttls"
            )
        return self

    @property
    def references(self) -> list[str]:
        """Where its secrets are kept."""
        if self.password:
            return [self.password]
        assert self.oauth2
        return [self.oauth2.client_id, self.oauth2.client_secret]

    @property
    def landed(self) -> FilesExtract:
        """How a landed file of the source is read: what was received is kept as archives of mails."""
        return FilesExtract.model_validate({"connector": "files", "path": "landed", "format": "eml"})


def is_this_machine(host: str) -> bool:
    """Whether a host is the machine itself."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
