"""Pages as HTML: well formed, complete in one file, deaf to what the data would like them to do."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tasks.report import PACKS
from warehouse.connection import connect
from warehouse.home import Home

VOID = {"meta", "link", "br", "img", "input", "hr"}
PAGES = [*PACKS, "index"]


class Outline(HTMLParser):
    """The elements of a page, each closed in its order, or an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.seen if name == tag]


@pytest.fixture(scope="module")
def pages(reported: Path) -> dict[str, str]:
    """The text of each page."""
    return {name: (reported / f"{name}.html").read_text("utf-8") for name in PAGES}


def outline(text: str) -> Outline:
    seen = Outline()
    seen.feed(text)
    seen.close()
    return seen


@pytest.mark.parametrize("name", PAGES)
def test_every_element_is_closed_in_its_order(pages: dict[str, str], name: str):
    assert outline(pages[name]).open == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_nothing(pages: dict[str, str], name: str):
    seen = outline(pages[name])
    addresses = [attrs.get("href") or "" for tag, attrs in seen.seen if tag in {"a", "link", "use", "image"}]
    assert all(re.fullmatch(r"#[A-Za-z0-9_-]+|[a-z]+\.(html|pdf|xlsx)|data:,", address) for address in addresses)
    assert not any("src" in attrs or "srcset" in attrs for _, attrs in seen.seen)
    assert not any(tag in {"script", "iframe", "object", "embed", "style"} for tag, _ in seen.seen if tag != "style")
    assert "@import" not in pages[name]
    assert "url(" not in pages[name]
    # The name of the SVG language is an address by tradition; nothing is loaded from it.
    assert "http" not in pages[name].replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


@pytest.mark.parametrize("name", PAGES)
def test_every_link_within_a_page_leads_somewhere(pages: dict[str, str], name: str):
    seen = outline(pages[name])
    targets = {attrs["id"] for _, attrs in seen.seen if "id" in attrs}
    wanted = {(attrs.get("href") or "")[1:] for attrs in seen.all("a") if (attrs.get("href") or "").startswith("#")}
    assert wanted <= targets
    assert len(targets) == sum("id" in attrs for _, attrs in seen.seen), "an id stands twice"


def test_a_product_called_script_is_inert(pages: dict[str, str]):
    assert "<script" not in pages["sales"]
    assert "&lt;script&gt;alert(" in pages["sales"]


@pytest.mark.parametrize("name", PAGES)
def test_the_company_and_the_warnings_are_escaped_too(pages: dict[str, str], name: str):
    assert "Ribbon &amp; Twine &lt;simulated&gt;" in pages[name]
    assert "expected that every &lt;product_id&gt; is known; found 3 rows: P&lt;7&gt;" in pages[name]


@pytest.mark.parametrize("name", PACKS)
def test_charts_and_tables_say_what_they_are(pages: dict[str, str], name: str):
    seen = outline(pages[name])
    assert all(attrs.get("role") == "img" and attrs.get("aria-label") for attrs in seen.all("svg"))
    assert len(seen.all("caption")) == len(seen.all("table")) > 2
    assert all(attrs.get("scope") in {"col", "row"} for attrs in seen.all("th"))
    assert seen.all("h1") == [{}]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_as_of_when_from_what_and_how_sound(pages: dict[str, str], name: str):
    assert "31 December 2025" in pages[name]
    assert "2 files of 1 source" in pages[name]
    assert "2,279 rows extracted, 2,252 accepted, 2 quarantined, 1 audit passed, 1 warned" in pages[name]
    assert re.search(r"<code>[0-9a-f]{12}</code>", pages[name])


@pytest.mark.parametrize("name", PACKS)
def test_the_trail_of_every_section_names_tables_that_are_there(pages: dict[str, str], home: Home, name: str):
    named = set(re.findall(r"<code>([a-z_]+\.[a-z_]+)</code>", pages[name]))
    with connect(home.published, read_only=True) as connection:
        query = "select table_schema || '.' || table_name from information_schema.tables"
        there = {table for (table,) in connection.execute(query).fetchall()}
    assert named
    assert named <= there


@pytest.mark.parametrize("name", PAGES)
def test_no_personal_data_stand_in_a_report(pages: dict[str, str], name: str):
    for secret in ("Person Number", "@example.org", "Eve Secret", "please ring", "for the ribbons"):
        assert secret not in pages[name]
