"""What a source file may say of an API, and what is wrong with it otherwise, with its line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.errors import SourceError
from tasks.source.checking import check_sources, load_source

GOOD = """source: desk
description: Cases of a desk
owner: customer service
extract:
  connector: api
  url: "${DESK_URL}/cases"
  query: {since: "{from}", until: "{to}", fields: all}
  headers: {Accept-Language: en}
  authentication:
    oauth2: {token_url: "https://desk.example/token", client_id: "${DESK_ID}", client_secret: "block:desk"}
  records_at: data.items
  key: [id]
  pagination: {cursor: {at: data.next, parameter: after}}
  window: {first: 2024-01-31, step: 7 days, overlap: 36 hours, zone: Europe/Berlin, spelled: "%d.%m.%Y"}
  limits: {request: 30 seconds, wait: 1 minute, attempts: 3, pages_a_part: 50}
records:
  departments:
    columns: {department_id: id, department_name: name}
"""


@pytest.fixture
def said(tmp_path: Path):
    def write(text: str) -> list[str]:
        (tmp_path / "desk.yml").write_text(text, encoding="utf-8")
        return [error.removeprefix(f"{tmp_path}/") for error in check_sources(tmp_path)]

    return write


def test_a_file_that_says_all_there_is_to_say(said, tmp_path: Path) -> None:
    assert said(GOOD) == []
    extract = load_source(tmp_path / "desk.yml").extract
    assert extract.window.first == datetime(2024, 1, 31, tzinfo=UTC)
    assert (extract.window.step, extract.window.overlap) == (timedelta(days=7), timedelta(hours=36))
    assert extract.has_end
    assert extract.authentication.references == ["${DESK_ID}", "block:desk"]
    assert extract.landed.format == "jsonl"


CURSOR = "{cursor: {at: data.next, parameter: after}}"
URL = 'url: "${DESK_URL}/cases"'


@pytest.mark.parametrize(
    ("right", "wrong", "error"),
    [
        (URL, "url: file:///etc/passwd", "6: url: it begins with https://, http:// or ${NAME}"),
        (URL, "url: https://u:p@desk.example", "6: url: a password is not written here"),
        (URL, 'url: "https://desk.example?key=1"', "6: url: what follows the ? stands in `query`"),
        ('client_secret: "block:desk"', "client_secret: hunter2", "10: client_secret: a secret is not written here"),
        ("oauth2: {token_url", "oauth: {token_url", "10: 'oauth' is not known here; did you mean 'oauth2'?"),
        ("token_url: ", "token_uri: ", "10: 'token_uri' is not known here; did you mean 'token_url'?"),
        ("\n    oauth2:", '\n    bearer: "${X}"\n    oauth2:', "say exactly one of bearer, basic, api_key"),
        (CURSOR, "{curser: {at: x}}", "'curser' is not known here; did you mean 'cursor'?"),
        ("parameter: after", "param: after", "13: 'param' is not known here; did you mean 'parameter'?"),
        (CURSOR, "{}", "13: pagination: say exactly one of link_header, next_url"),
        (CURSOR, "{offset: {limit: 1}}", "greater than or equal to 2"),
        (CURSOR, "{offset: {limit: 2, overlap: 2}}", "overlap is 2, but a page holds 2"),
        (CURSOR, "{page: {size: 2}}", "size and size_parameter are said together"),
        ("Accept-Language: en", "Authorization: Basic x", "8: headers: Authorization is said by `authentication`"),
        ("Accept-Language: en", "X-Api-Key: x", "8: headers: X-Api-Key is said by `authentication`"),
        ("Accept-Language: en", "Host: elsewhere", "8: headers: Host is not for a source to set"),
        ("Accept-Language: en", '"X y": en', "8: headers: 'X y' is no header"),
        ('since: "{from}"', "since: 2024", "a window is asked for by {from} in `query`"),
        ("  window: {", "  windows: {", "14: 'windows' is not known here; did you mean 'window'?"),
        ("first: 2024-01-31", "first: yesterday", "14: first: Invalid isoformat string: 'yesterday'"),
        ("first: 2024-01-31", "first: 1706659200", "14: first: "),
        ('until: "{to}", ', "", "a step has an end, which is asked for by {to} in `query`"),
        ("step: 7 days", "step: 0 days", "14: step: a step is at least a second"),
        ("step: 7 days", "step: a week", "14: step: 'a week' is no span of time"),
        ("zone: Europe/Berlin", "zone: Mars", "14: zone: 'Mars' is no time zone"),
        ("attempts: 3", "attempts: 0", "15: attempts: "),
        ("  records_at: data.items\n", "", "data.next stands beside the records; say by `records_at` where those are"),
        ("records_at: d", "record_at: d", "'record_at' is not known here; did you mean 'records_at'?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(said, right: str, wrong: str, error: str) -> None:
    assert right in GOOD
    errors = said(GOOD.replace(right, wrong))
    assert any(error in one for one in errors), errors
    assert all(one.startswith("desk.yml:") and "hunter2" not in one and "u:p" not in one for one in errors)


def test_ends_without_a_window_are_asked_by_nobody(said, tmp_path: Path) -> None:
    lines = [line for line in GOOD.splitlines() if "window:" not in line]
    (error,) = said("\n".join(lines))
    assert "{from} and {to} need `window`" in error
    with pytest.raises(SourceError):
        load_source(tmp_path / "desk.yml")


def test_a_mapping_reads_nested_objects_by_their_path(said) -> None:
    nested = """coalesce(place ->> '$.a.b', json_extract_string(place, '$.c[0]'))"""
    nested = GOOD.replace("department_name: name", f'department_name: "{nested}"')
    assert said(nested) == []
