"""Pages lead to the last one, and what moves under them is not lost."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.http.page import Page, page_reader
from tasks.extract.http.paging.offsets import OffsetTurns
from tasks.source.extracts.api import OffsetPages
from tests.http_server import Asked, Reply, serving
from tests.tasks.extract.desk import OFFSET, Desk, cases

LINK = "  pagination: {link_header: next}"
NEXT = "  records_at: items\n  pagination: {next_url: links.next}"
CURSOR = "  records_at: items\n  pagination: {cursor: {at: next, parameter: after}}"
PAGE = "  records_at: items\n  total_at: total\n  pagination: {page: {size_parameter: size, size: 2}}"


def ids(desk: Desk, extract: str) -> list[int]:
    """The numbers of the cases that are fetched, in the order in which they came."""
    return [int(json.loads(line)["id"]) for line in desk.lines(extract)]


def test_a_link_in_the_header_leads_on(desk: Desk) -> None:
    def answer(asked: Asked) -> Reply:
        page = int(asked.query.get("page", "1"))
        links = f'</cases?page=1>; rel="first", <{desk.server.url}/cases?page={page + 1}>; rel="Next last"'
        return Reply(cases(page), headers={"Link": links} if page < 4 else {})

    desk.server.answers = answer
    assert ids(desk, LINK) == [1, 2, 3, 4]


def test_an_address_in_the_answer_leads_on(desk: Desk) -> None:
    def answer(asked: Asked) -> Reply:
        page = int(asked.query.get("page", "1"))
        return Reply({"items": cases(page), "links": {"next": f"?page={page + 1}" if page < 4 else None}})

    desk.server.answers = answer
    assert ids(desk, NEXT) == [1, 2, 3, 4]


@pytest.mark.parametrize("last", [None, "", "c3", False])
def test_a_mark_in_the_answer_leads_on(desk: Desk, last: object) -> None:
    def answer(asked: Asked) -> Reply:
        page = int(asked.query.get("after", "c0")[1:])
        # A page without records is not the last one as long as it names another.
        items = [] if page in (1, 3) else cases(page)
        return Reply({"items": items, "next": f"c{page + 1}" if page < 3 else last})

    desk.server.answers = answer
    assert ids(desk, CURSOR) == [0, 2]


def test_pages_with_numbers_end_with_an_empty_one_or_with_none(desk: Desk) -> None:
    for last in (Reply({"items": []}), Reply(status=404)):
        desk.server.answers = lambda asked, last=last: (
            Reply({"items": cases(int(asked.query["page"]))}) if int(asked.query["page"]) < 4 else last
        )
        assert ids(desk, PAGE) == [1, 2, 3]
        assert desk.server.asked[0].query == {"page": "1", "size": "2"}


@pytest.mark.parametrize(
    ("extract", "answer", "reason"),
    [
        (LINK, Reply(cases(1), headers={"Link": "</cases>; rel=next"}), "lead in a circle"),
        (NEXT, Reply({"items": cases(1), "links": {"next": "/cases"}}), "lead in a circle"),
        (CURSOR, Reply({"items": cases(1), "next": "c"}), "lead in a circle"),
        (PAGE, Reply({"items": cases(1)}), "same records for every page"),
        (OFFSET, Reply(cases(1, 2, 3, 4)), "same records for every page"),
        (LINK, Reply(cases(1), headers={"Link": "<https://example.org/>; rel=next"}), "another host, https://example.org/"),
        (NEXT, Reply({"items": [], "links": {"next": "file:///etc"}}), "begins with file:"),
        (PAGE, Reply(status=404), "answers 404"),
    ],
)  # fmt: skip
def test_pages_that_lead_nowhere_are_refused(desk: Desk, extract: str, answer: Reply, reason: str) -> None:
    desk.server.answers = lambda _: answer
    with pytest.raises(SourceRefused, match=reason):
        desk.lines(extract)


def changing(desk: Desk, rows: list, at: int, change: Callable[[list], None]) -> None:
    """A server whose list is changed before it answers the request of this number."""
    asked_so_far = 0

    def answer(asked: Asked) -> Reply:
        nonlocal asked_so_far
        asked_so_far += 1
        if asked_so_far == at:
            change(rows)
        offset, limit = int(asked.query["$offset"]), int(asked.query["$limit"])
        return Reply(rows[offset : offset + limit])

    desk.server.answers = answer


@pytest.mark.parametrize(("at", "gone"), [(2, slice(3, 4)), (3, slice(0, 1)), (4, slice(2, 9)), (4, slice(0, 12))])
def test_records_that_move_up_are_not_lost(desk: Desk, at: int, gone: slice) -> None:
    rows = cases(*range(1, 17))
    kept = {int(row["id"]) for row in rows} - {int(row["id"]) for row in rows[gone]}
    changing(desk, rows, at, lambda rows: rows.__delitem__(gone))
    assert kept <= set(ids(desk, OFFSET))


def test_records_that_move_down_are_read_twice_at_most(desk: Desk) -> None:
    rows = cases(*range(1, 17))
    changing(desk, rows, 3, lambda rows: rows.__setitem__(slice(0, 0), cases(91, 92, 93, 94, 95)))
    parts = [part.lines for part in desk.fetch(OFFSET)]
    assert {line for lines in parts for line in lines} >= {json.dumps(row) for row in cases(*range(1, 17))}
    # What was read again stands in a part of its own: in one file it would contradict itself.
    assert all(len(set(lines)) == len(lines) for lines in parts)


def test_a_list_that_never_stands_still_is_given_up(desk: Desk) -> None:
    number = iter(range(10**6))
    desk.server.answers = lambda _: Reply(cases(*(next(number) for _ in range(4))))
    with pytest.raises(SourceUnreachable, match="in another order each of 5 times"):
        desk.lines(OFFSET)


def test_without_an_overlap_offsets_are_believed(desk: Desk) -> None:
    extract = OFFSET.replace("limit: 4", "limit: 4, overlap: 0")
    assert ids(desk, extract) == [*range(1, 11)]
    assert [asked.query["$offset"] for asked in desk.server.asked] == ["0", "4", "8", "10"]


def test_fewer_records_than_before_are_looked_for_on_the_page_before(desk: Desk) -> None:
    rows = cases(*range(1, 10))

    def answer(asked: Asked) -> Reply:
        page = int(asked.query["page"])
        if page == 3 and len(rows) == 9:
            del rows[0:2]
        return Reply({"items": rows[2 * page - 2 : 2 * page], "total": len(rows)})

    desk.server.answers = answer
    assert set(ids(desk, PAGE)) == set(range(1, 10))


def test_a_page_that_a_server_caps_is_not_the_last(desk: Desk) -> None:
    desk.server.answers = lambda asked: Reply(cases(*range(1, 11))[int(asked.query["$offset"]) :][:3])
    assert ids(desk, OFFSET) == [*range(1, 11)]


@pytest.mark.parametrize("status", [400, 404, 410, 422])
def test_a_mark_that_the_server_no_longer_knows_begins_again(desk: Desk, status: int) -> None:
    def answer(asked: Asked) -> Reply:
        mark = asked.query.get("after")
        if mark == "old":
            return Reply(status=status)
        return Reply({"items": cases(1 if mark is None else 2), "next": None if mark else "new"})

    desk.server.answers = answer
    half = {"window": "2025-06-01T12:00:00Z", "position": "cursor old"}
    (part,) = desk.fetch(CURSOR, half)
    assert [json.loads(line)["id"] for line in part.lines] == ["1", "2"]
    # A position of another way of paging is none.
    (part,) = desk.fetch(CURSOR, half | {"position": "offset 12"})
    assert len(part.lines) == 2


def test_a_page_that_is_no_longer_there_begins_again_once(desk: Desk) -> None:
    desk.server.answers = lambda asked: (
        Reply({"items": cases(int(asked.query["page"]))}) if int(asked.query["page"]) < 4 else Reply(status=404)
    )
    (part,) = desk.fetch(PAGE, {"window": "2025-06-01T12:00:00Z", "position": "page 4"})
    assert [json.loads(line)["id"] for line in part.lines] == ["1", "2", "3"]


def test_fewer_records_than_there_are_said_to_be_are_told(desk: Desk) -> None:
    """The mark of the next page is called otherwise than its source file says."""
    desk.server.answers = lambda _: Reply({"items": cases(1, 2), "next_mark": "c2", "total": 1_000})
    parts = desk.fetch(CURSOR + "\n  total_at: total")
    part = next(parts)
    assert len(part.lines) == 2
    assert part.cursors["position"] == "cursor"
    with pytest.raises(SourceRefused, match="says that there are 1000 records, and gave 2 up to its last page"):
        next(parts)


def test_a_link_that_a_proxy_spelt_wrong_stays_encrypted() -> None:
    import httpx2

    from tasks.extract.http.paging.links import LinkTurns

    turns = LinkTurns(httpx2.URL("https://desk.example/cases"), "next", None)
    turn = turns.turn("link", Page((), None, {"next": "http://desk.example/cases?page=2"}))
    assert turn.next == "link /cases?page=2"
    assert str(turns.address(turn.next)) == "https://desk.example/cases?page=2"


@settings(deadline=None, max_examples=60)
@given(
    size=st.integers(0, 30),
    limit=st.integers(2, 6),
    overlap=st.integers(1, 3),
    changes=st.dictionaries(st.integers(1, 12), st.tuples(st.integers(0, 29), st.integers(0, 6), st.booleans())),
)
def test_whatever_goes_and_comes_what_stays_is_read(
    size: int, limit: int, overlap: int, changes: dict[int, tuple[int, int, bool]]
) -> None:
    """Property: every record that is there from the first request to the last is read, or the reading is given up."""
    import httpx2

    from tasks.extract.http.exchange import Answer

    url = httpx2.URL("http://desk.example/")
    read_page = page_reader(None, ())
    turns = OffsetTurns(url, OffsetPages(limit=limit, overlap=min(overlap, limit - 1)))
    rows, new, stays, read = list(range(size)), iter(range(1000, 10**6)), set(range(size)), set()
    position: str | None = turns.first
    for asked in range(1, 400):
        if position is None:
            break
        if asked in changes:
            at, many, is_gone = changes[asked]
            stays -= set(rows[at : at + many]) if is_gone else set()
            rows[at : at + many if is_gone else at] = [] if is_gone else [next(new) for _ in range(many)]
        address = turns.address(position)
        assert address
        offset = int(address.params["offset"])
        body = json.dumps(rows[offset : offset + limit]).encode()
        try:
            turn = turns.turn(position, read_page(Answer(url, 200, httpx2.Headers(), {}, body)))
        except (SourceUnreachable, SourceRefused):
            return
        read |= {int(record.text) for record in turn.records}
        position = turn.next
    assert position is None
    assert stays <= read


def test_another_port_is_another_host(desk: Desk) -> None:
    with serving(lambda _: Reply(cases(2))) as other:
        desk.server.answers = lambda _: Reply(cases(1), headers={"Link": f"<{other.url}/cases>; rel=next"})
        with pytest.raises(SourceRefused, match="another host"):
            desk.lines(LINK)
        assert other.asked == []
