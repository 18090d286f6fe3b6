"""An mbox: each mail in it is a row, whatever begins its lines."""

import gzip
import mailbox
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats import mbox
from tasks.extract.formats.mail import COLUMNS
from tests.tasks.extract.conftest import read_file

START = b"From ada@shop.example Tue Jul  1 10:00:00 2025\n"


def column(reading, name: str) -> list[str | None]:
    return [row[COLUMNS.index(name)] for row in reading.rows.values()]


def test_each_mail_is_a_row(read):
    content = START + b"Subject: a\n\none\n\n" + START + b"Subject: b\n\ntwo\n\nFrom here on we walk.\n>From home\n"
    for name, held in {"a.mbox": content, "b.mbox.gz": gzip.compress(content)}.items():
        reading = read(held, name, format="mbox")
        assert column(reading, "subject") == ["a", "b"]
        assert column(reading, "body") == ["one", "two\n\nFrom here on we walk.\nFrom home"]


def test_a_mail_that_cannot_be_read_is_refused_and_the_others_are_rows(read, monkeypatch):
    monkeypatch.setattr(mbox, "MAIL_BYTES", 10_000)
    long = b"Subject: b\n\n" + b"x" * 50_000 + b"\n\n"
    reading = read(START + b"Subject: a\n\n" + START + long + START + b"Subject: c\n", "a.mbox", format="mbox")
    assert (sorted(reading.rows), reading.rules) == ([1, 3], {2: "structure:mail"})


def test_a_line_longer_than_a_block_is_read_in_pieces(read, monkeypatch):
    monkeypatch.setattr(mbox, "BLOCK_BYTES", 1000)
    reading = read(
        START + b"Subject: a\n\n" + b"x" * 50_000 + b"\n\n" + START + b"Subject: b\n", "a.mbox", format="mbox"
    )
    assert column(reading, "body") == ["x" * 50_000, None]


@pytest.mark.parametrize(
    ("content", "reason"),
    {
        b"Subject: a\n\nhello": "does not begin with `From `",
        b"<html>Please log in": "it is an HTML page",
        b"PK\x03\x04": "it is a zip archive",
    }.items(),
)
def test_what_is_no_mbox_is_refused_in_one_sentence(read, content, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read(content, "a.mbox", format="mbox")


def test_a_compressed_mbox_that_is_cut_off_is_refused(read):
    whole = gzip.compress(START + b"Subject: a\n\n" + bytes(range(256)) * 100)
    with pytest.raises(UnreadableFile, match="could not be read to its end"):
        read(whole[:-100], "a.mbox.gz", format="mbox")


lines = st.lists(
    st.sampled_from(["", "From ada Tue Jul  1 10:00:00 2025", ">From x", "From x", "text", "."]), max_size=6
)


@settings(deadline=None, max_examples=30)
@given(letters=st.lists(lines, min_size=1, max_size=5))
def test_what_the_library_writes_is_read_back(tmp_path_factory, letters):
    path = tmp_path_factory.mktemp("mbox") / "a.mbox"
    with_quotes = mailbox.mbox(path)
    for at, letter in enumerate(letters):
        mail = EmailMessage(policy=policy.default)
        mail["From"], mail["Subject"] = "ada@shop.example", str(at)
        mail.set_content("\n".join(["begin", *letter, "end"]))
        with_quotes.add(mail)
    with_quotes.close()
    reading = read_file(path, format="mbox")
    # The library quotes `From `, and leaves what was quoted before as it is: reading it takes that quote away too.
    expected = ["\n".join(["begin", *(line.removeprefix(">") for line in letter), "end"]) for letter in letters]
    assert column(reading, "body") == expected
    assert column(reading, "subject") == [str(at) for at in range(len(letters))]
