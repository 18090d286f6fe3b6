"""What a source file says of an API that answers in JSON: where, who asks, by which pages, within which limits."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, field_validator, model_validator

from tasks.source.extracts.files import FilesExtract
from tasks.source.secret import SecretReference
from tasks.source.span import Span
from tasks.source.strict import Strict

FROM, TO = "{from}", "{to}"
"""What stands in a query for the two ends of the window that is asked for."""

SECRET_HEADERS = ("authorization", "cookie", "proxy-authorization")
NEVER_HEADERS = ("host", "content-length", "transfer-encoding", "accept-encoding", "connection")


def _moment(text: object) -> object:
    if not isinstance(text, str):
        return text
    # pydantic would take 20240101 for seconds since 1970.
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Moment = Annotated[datetime, BeforeValidator(_moment)]
"""A day or a moment as ISO 8601 writes it; without an offset it is UTC."""


class OneOf(Strict):
    """Several ways of which a source file says one."""

    @model_validator(mode="after")
    def is_one(self) -> Self:
        """Exactly one way."""
        said = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(said) != 1:
            ways = ", ".join(type(self).model_fields)
            raise ValueError(f"say exactly one of {ways}" + (f", not {' and '.join(said)}" if said else ""))
        return self


class Basic(Strict):
    """A name and a password with every request."""

    username: SecretReference
    password: SecretReference


class ApiKey(Strict):
    """A key in a header of the API's own."""

    header: str = Field(pattern=r"^[A-Za-z0-9-]+$")
    key: SecretReference


class OAuth2(Strict):
    """A token that is fetched with the client's own credentials (RFC 6749, 4.4), and anew when it has expired."""

    token_url: str
    client_id: SecretReference
    client_secret: SecretReference
    scope: str | None = None
    audience: str | None = None
    credentials_in: Literal["header", "body"] = Field("header", description="Where the token's server wants them.")


class Authentication(OneOf):
    """Who asks, in one of four ways."""

    bearer: SecretReference | None = None
    basic: Basic | None = None
    api_key: ApiKey | None = None
    oauth2: OAuth2 | None = None

    @property
    def references(self) -> list[str]:
        """Where its secrets are kept."""
        if self.bearer:
            return [self.bearer]
        if self.basic:
            return [self.basic.username, self.basic.password]
        if self.api_key:
            return [self.api_key.key]
        assert self.oauth2
        return [self.oauth2.client_id, self.oauth2.client_secret]


class CursorPages(Strict):
    """The answer says what to ask with for the page after it."""

    at: str = Field(description="Where in the answer: meta.next_cursor", min_length=1)
    parameter: str = Field(min_length=1)


class OffsetPages(Strict):
    """How many records to leave out, and how many to give."""

    parameter: str = "offset"
    limit_parameter: str = "limit"
    limit: int = Field(ge=2, le=100_000)
    overlap: int = Field(
        1, ge=0, description="Records of the page before that are asked for again, to notice that others moved up."
    )

    @model_validator(mode="after")
    def overlap_leaves_room(self) -> Self:
        """A page brings more than what is asked for again."""
        if self.overlap >= self.limit:
            raise ValueError(f"overlap is {self.overlap}, but a page holds {self.limit}")
        return self


class NumberedPages(Strict):
    """The number of a page."""

    parameter: str = "page"
    first: int = Field(1, ge=0, le=1)
    size_parameter: str | None = None
    size: int | None = Field(None, ge=1, le=100_000)

    @model_validator(mode="after")
    def size_has_its_parameter(self) -> Self:
        """A size is said by a parameter, and a parameter says a size."""
        if (self.size is None) != (self.size_parameter is None):
            raise ValueError("size and size_parameter are said together")
        return self


class Pagination(OneOf):
    """How one page leads to the next, in one of five ways."""

    link_header: str | None = Field(None, description="Relation of the link in the header, as a rule `next`.")
    next_url: str | None = Field(None, description="Where the answer holds the address of the next page: links.next")
    cursor: CursorPages | None = None
    offset: OffsetPages | None = None
    page: NumberedPages | None = None


class AskedWindow(Strict):
    """What was changed between two moments is asked for, again and again, instead of everything."""

    first: Moment = Field(description="From when on there is anything to ask for.")
    step: Span | None = Field(None, description="The longest window that is asked for at once.")
    # Servers write rows down a little after the moment that stands in them, and no two clocks agree.
    overlap: Span = Field(timedelta(hours=1), description="How far each asking goes back, for rows that come late.")
    spelled: str = Field("%Y-%m-%dT%H:%M:%SZ", description="strftime, or `epoch`, or `epoch milliseconds`.")
    zone: str = Field("UTC", description="The zone in which the API spells its moments.")

    @field_validator("zone")
    @classmethod
    def zone_is_known(cls, zone: str) -> str:
        """A zone of the IANA database."""
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{zone!r} is no time zone; Europe/Berlin and UTC are") from error
        return zone

    @field_validator("step")
    @classmethod
    def step_goes_on(cls, step: timedelta | None) -> timedelta | None:
        """A step of nothing would never end."""
        if step is not None and step <= timedelta(0):
            raise ValueError("a step is at least a second")
        return step


class Limits(Strict):
    """What an API may cost us, and what we may cost it."""

    request: Span = Field(timedelta(minutes=2), description="One answer, to its last byte.")
    source: Span = Field(timedelta(hours=1), description="All answers of one attempt.")
    wait: Span = Field(timedelta(minutes=5), description="The longest wait that the API may ask of us.")
    attempts: int = Field(5, ge=1, le=20)
    answer_mebibytes: int = Field(64, ge=1, le=1024)
    requests_a_minute: int | None = Field(None, ge=1)
    # A part is what a cut connection or a killed run repeats, and what is loaded in one transaction.
    pages_a_part: int = Field(20, ge=1)


class ApiExtract(Strict):
    """An API over HTTP whose answers are JSON with a list of records."""

    connector: Literal["api"]
    url: str = Field(description="Where to ask; ${NAME} is taken from the environment.", min_length=1)
    query: dict[str, str] = Field(default_factory=dict, description="May hold {from} and {to}, the ends of the window.")
    headers: dict[str, str] = Field(default_factory=dict)
    authentication: Authentication | None = None
    records_at: str | None = Field(
        None, description="Where in the answer the list is: data.items; left out: all of it."
    )
    total_at: str | None = Field(None, description="Where in the answer it says how many records there are.")
    key: tuple[str, ...] = Field((), description="The fields that tell one record from another.")
    pagination: Pagination | None = None
    window: AskedWindow | None = None
    limits: Limits = Field(default_factory=lambda: Limits.model_validate({}))

    @field_validator("url")
    @classmethod
    def url_is_of_the_web(cls, url: str) -> str:
        """Begins with http:// or https://, or with a variable that does."""
        if not re.match(r"https?://[^/]|\$\{\w+\}", url):
            raise ValueError("it begins with https://, http:// or ${NAME}")
        if re.match(r"https?://[^/]*@", url):
            raise ValueError("a password is not written here; say it by `authentication`")
        if "?" in url or "#" in url:
            raise ValueError("what follows the ? stands in `query`")
        return url

    @field_validator("headers")
    @classmethod
    def headers_are_no_secrets(cls, headers: dict[str, str]) -> dict[str, str]:
        """Who asks is said by `authentication`, and how is not for a file to say."""
        for name, value in headers.items():
            if name.lower() in SECRET_HEADERS or "token" in name.lower() or "key" in name.lower():
                raise ValueError(f"{name} is said by `authentication`, with a reference to its secret")
            if name.lower() in NEVER_HEADERS:
                raise ValueError(f"{name} is not for a source to set")
            if not re.fullmatch(r"[A-Za-z0-9-]+", name) or not (value.isascii() and value.isprintable()):
                raise ValueError(f"{name!r} is no header")
        return headers

    @model_validator(mode="after")
    def window_is_asked_for(self) -> Self:
        """A window without {from} in the query would ask for everything each time."""
        asked = " ".join([self.url, *self.query.values()])
        if self.window and FROM not in asked:
            raise ValueError("a window is asked for by {from} in `query`, and {to} where the API takes an end")
        if not self.window and (FROM in asked or TO in asked):
            raise ValueError("{from} and {to} need `window`, which says where the first one begins")
        if self.window and self.window.step and not self.has_end:
            raise ValueError("a step has an end, which is asked for by {to} in `query`")
        return self

    @model_validator(mode="after")
    def what_stands_beside_the_list_is_in_an_object(self) -> Self:
        """An answer that is a list says nothing of itself."""
        said = self.pagination
        beside = [self.total_at, said and said.next_url, said and said.cursor and said.cursor.at]
        if any(beside) and not self.records_at:
            raise ValueError(
                f"{next(filter(None, beside))} stands beside the records; say by `records_at` where those are"
            )
        return self

    @property
    def has_end(self) -> bool:
        """Whether the end of a window can be asked for."""
        return TO in " ".join([self.url, *self.query.values()])

    @property
    def landed(self) -> FilesExtract:
        """How a landed part is read: a record a line."""
        return FilesExtract.model_validate({"connector": "files", "path": "landed", "format": "jsonl"})
