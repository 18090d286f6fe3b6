"""Mails one a file, and archives of them: each is a row, and an archive made to take hours is refused."""

import gzip
import io
import zipfile

import pytest

from tasks.errors import UnreadableFile
from tasks.extract.formats.mail import COLUMNS

MAIL = b"From: ada@shop.example\r\nSubject: %s\r\n\r\nhello\r\n"


def archive(entries: dict[str, bytes], method: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as written:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.comment = comment
            info.compress_type = method
            written.writestr(info, content)
    return held.getvalue()


def told(reading, *names: str) -> list[tuple]:
    return [tuple(row[COLUMNS.index(name)] for name in names) for row in reading.rows.values()]


def test_a_mail_is_a_row(read):
    reading = read(MAIL % b"An order", "1.eml", format="eml")
    assert told(reading, "subject", "body") == [("An order", "hello")]
    assert reading.header == list(COLUMNS)


def test_a_compressed_mail_is_a_row(read):
    assert told(read(gzip.compress(MAIL % b"x"), "1.eml.gz", format="eml"), "subject") == [("x",)]


def test_an_archive_is_a_row_for_each_mail_with_where_it_lay(read):
    held = archive(
        {"INBOX/17-4.eml": MAIL % b"a", "letters/b.eml": MAIL % b"b", "c.eml": MAIL % b"c"},
        comment=b"2025-07-01T10:00:00+02:00",
    )
    assert told(read(held, "mails.zip", format="eml"), "subject", "folder", "uid", "received_at") == [
        ("a", "INBOX", "4", "2025-07-01 08:00:00"),
        ("b", "letters", None, "2025-07-01 08:00:00"),
        ("c", None, None, "2025-07-01 08:00:00"),
    ]


def test_what_is_no_mail_in_an_archive_is_refused_by_itself(read):
    held = archive({"a.eml": MAIL % b"a", "../../etc/passwd": b"root", "b.eml": b"PNG", "c.eml": MAIL % b"c"})
    reading = read(held, "mails.zip", format="eml")
    assert sorted(reading.rows) == [1, 4]
    assert [(row.row, row.rule, row.reason) for row in reading.malformed] == [
        (2, "structure:mail", "it is no .eml file"),
        (3, "structure:mail", "it is no mail: it begins with none of the headers that every mail has"),
    ]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


HOSTILE = {
    "HTML": (b"<!DOCTYPE html><p>Please log in", "it is an HTML page"),
    "a PDF": (b"%PDF-1.7", "it is a PDF"),
    "text": (b"Dear Ada,\n\nhello\n", "it is no mail"),
    "a zip cut off": (cut(archive({"a.eml": MAIL % (b"x" * 5000)})), "it is no zip archive to its end"),
    "a zip bomb": (
        archive({f"{at}.eml": b"\0" * 40_000_000 for at in range(3)}, zipfile.ZIP_DEFLATED),
        "more than 100 times longer",
    ),
    "a longer mail than any": (MAIL % b"x" + b"x" * (64 << 20), "longer than 64 MiB"),
}


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_mail_is_refused_in_one_sentence(read, content, reason):
    with pytest.raises(UnreadableFile, match=reason):
        read(content, "a.eml", format="eml")


def test_a_mail_that_bursts_when_decompressed_is_refused(read):
    with pytest.raises(UnreadableFile, match="longer than 64 MiB"):
        read(gzip.compress(b"Subject: " + b"\0" * (200 << 20), 1), "a.eml.gz", format="eml")
