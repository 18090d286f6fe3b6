"""A request says who asks; a token is fetched once, and anew when it has expired."""

from base64 import b64encode

import pytest

from tasks.errors import SourceRefused, SourceUnreachable
from tests.http_server import Asked, Reply
from tests.tasks.extract.desk import Desk, case

OAUTH2 = """
  authentication:
    oauth2: {token_url: "${DESK_URL}/token", client_id: "${DESK_ID}", client_secret: "${DESK_TOKEN}", scope: read}
  pagination: {page: {}}
"""


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_ID", "we")
    monkeypatch.setenv("DESK_TOKEN", "a b&c")


@pytest.mark.parametrize(
    ("said", "header", "value"),
    [
        ('bearer: "${DESK_ID}"', "authorization", "Bearer we"),
        ('basic: {username: "${DESK_ID}", password: "${DESK_TOKEN}"}', "authorization", "Basic d2U6YSBiJmM="),
        ('api_key: {header: X-Api-Key, key: "${DESK_ID}"}', "x-api-key", "we"),
    ],
)
def test_a_secret_stands_in_a_header(desk: Desk, said: str, header: str, value: str) -> None:
    desk.lines(f"  authentication: {{{said}}}")
    assert desk.server.asked[0].headers[header] == value


def with_tokens(desk: Desk, *, life: float | None, refused: tuple[str, ...] = (), pages: int = 3):
    """A server that gives tokens t1, t2, ... and three pages of a case each."""
    given: list[Asked] = []

    def answer(asked: Asked) -> Reply:
        if asked.path == "/token":
            given.append(asked)
            token = {"access_token": f"t{len(given)}", "token_type": "bearer"}
            return Reply(token if life is None else token | {"expires_in": life})
        if asked.headers["authorization"].removeprefix("Bearer ") in refused:
            return Reply(status=401)
        desk.waits.now += 40
        page = int(asked.query["page"])
        return Reply([case(page)] if page <= pages else [])

    desk.server.answers = answer
    return given


def used(desk: Desk) -> list[str]:
    return [asked.headers["authorization"] for asked in desk.server.asked if asked.path != "/token"]


def test_a_token_is_fetched_once(desk: Desk) -> None:
    given = with_tokens(desk, life=None)
    assert len(desk.lines(OAUTH2)) == 3
    (asked,) = given
    assert asked.method == "POST"
    assert asked.body == b"grant_type=client_credentials&scope=read"
    assert asked.headers["authorization"] == f"Basic {b64encode(b'we:a+b%26c').decode()}"
    assert used(desk) == ["Bearer t1"] * 4


def test_a_token_that_is_about_to_expire_is_fetched_anew(desk: Desk) -> None:
    with_tokens(desk, life=100)
    assert len(desk.lines(OAUTH2)) == 3
    assert used(desk) == ["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2"]


def test_a_token_that_is_refused_is_fetched_anew_once(desk: Desk) -> None:
    with_tokens(desk, life=3600, refused=("t1",))
    assert len(desk.lines(OAUTH2)) == 3
    assert used(desk) == ["Bearer t1", *["Bearer t2"] * 4]


def test_tokens_that_are_all_refused_end_it(desk: Desk) -> None:
    given = with_tokens(desk, life=3600, refused=("t1", "t2"))
    with pytest.raises(SourceRefused, match="/cases answers 401"):
        desk.lines(OAUTH2)
    assert len(given) == 2


def test_credentials_stand_in_the_body_where_the_server_wants_them(desk: Desk) -> None:
    given = with_tokens(desk, life=None)
    desk.lines(OAUTH2.replace("scope", "credentials_in: body, scope"))
    (asked,) = given
    assert "authorization" not in asked.headers
    assert b"client_id=we&client_secret=a+b%26c" in asked.body


@pytest.mark.parametrize(
    ("reply", "error", "reason"),
    [
        (Reply({"error": "invalid_client"}, status=401), SourceRefused, r"/token answers 401"),
        (Reply("<html>log in</html>"), SourceRefused, "no access_token"),
        (Reply({"access_token": 7}), SourceRefused, "no bearer's"),
        (Reply({"access_token": "x\r\ny"}), SourceRefused, "no bearer's"),
        (Reply({"access_token": "x", "token_type": "mac"}), SourceRefused, "no bearer's"),
        (Reply({"access_token": "x", "expires_in": "soon"}), SourceRefused, "no access_token"),
        (Reply([]), SourceRefused, "no access_token"),
        (Reply("[" * 100_000), SourceRefused, "no access_token"),
        (Reply(status=302, headers={"Location": "https://example.org/"}), SourceRefused, "leads elsewhere"),
        (Reply(status=500), SourceUnreachable, "/token answers 500"),
    ],
)
def test_a_token_server_may_misbehave(desk: Desk, reply: Reply, error: type[Exception], reason: str) -> None:
    desk.server.answers = lambda _: reply
    with pytest.raises(error, match=reason):
        desk.lines(OAUTH2)


def test_a_secret_with_a_line_break_is_refused_and_not_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_TOKEN", "s3cret\n")
    with pytest.raises(SourceRefused, match=r"^desk: \$\{DESK_TOKEN\} holds what no header can") as refused:
        desk.lines('  authentication: {bearer: "${DESK_TOKEN}"}')
    assert "s3cret" not in str(refused.value)
    assert desk.server.asked == []
