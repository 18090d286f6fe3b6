"""Reading mails kept one a file: an `.eml`, or a zip archive of them, which is what the mailbox connector keeps."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.formats.mail import COLUMNS, MAIL_BYTES, NoMail, RawMail, mail_batches, read_mail
from tasks.extract.formats.stream import OTHER_FORMATS, first_line, open_bytes
from tasks.extract.formats.text import TextFile

ZIP = b"PK\x03\x04"

EMPTY_ZIP = b"PK\x05\x06"

RATIO = 100
"""How many times longer than its archive mails may be; text shrinks to a tenth at best, attachments not at all."""

ENTRIES = 100_000
"""How many mails an archive may hold; each is named in memory."""

NAME = re.compile(r"(?P<folder>.+)/(?P<validity>\d+)-(?P<uid>\d+)\.eml")
"""What the mailbox connector calls a mail within its archive."""


def read_eml(path: Path) -> TextFile:
    """Open a mail, or an archive of mails.

    Raises UnreadableFile when it is none, or longer than a mail can be.
    """
    mails = eml_mails(path)
    if not _is_zip(path):
        only = next(mails)
        _require(only)
        mails = iter([only])
    return TextFile(list(COLUMNS), mail_batches(mails))


def eml_mails(path: Path) -> Iterator[RawMail]:
    """The mails of a file as they were received."""
    if _is_zip(path):
        yield from _archived(path)
    else:
        yield RawMail(_whole(path))


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) in (ZIP, EMPTY_ZIP)


def _require(only: RawMail) -> None:
    try:
        read_mail(only)
    except NoMail as error:
        raise UnreadableFile(str(error)) from error


def _whole(path: Path) -> bytes:
    try:
        with open_bytes(path) as stream:
            content = bytes(stream.read(MAIL_BYTES + 1))
    except (OSError, pa.ArrowException) as error:
        raise UnreadableFile(f"it could not be decompressed: {first_line(error)}") from error
    start = content[:100].lstrip().lower()
    other = next((kind for mark, kind in OTHER_FORMATS.items() if start.startswith(mark)), None)
    if other:
        raise UnreadableFile(f"it is {other}")
    return content


def _archived(path: Path) -> Iterator[RawMail]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_bomb(path, entries)
            for entry in entries:
                yield _entry(archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error) as error:
        raise UnreadableFile(f"it is no zip archive to its end: {first_line(error)}") from error


def _refuse_bomb(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRIES:
        raise UnreadableFile(f"it holds more than {ENTRIES:,} files")
    if sum(entry.file_size for entry in entries) > RATIO * path.stat().st_size:
        raise UnreadableFile(f"what it holds is more than {RATIO} times longer than it; no mails are")


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> RawMail:
    """A mail in an archive; its name says where it lay, and is no path of ours."""
    place = NAME.fullmatch(entry.filename)
    folder = place["folder"] if place else str(PurePosixPath(entry.filename).parent)
    if not entry.filename.lower().endswith(".eml"):
        return RawMail(entry.filename.encode("utf-8", "replace"), refusal="it is no .eml file")
    if entry.flag_bits & 1:
        return RawMail(entry.filename.encode("utf-8", "replace"), refusal="the archive keeps it encrypted")
    with archive.open(entry) as stream:
        content = stream.read(MAIL_BYTES + 1)
    return RawMail(content, folder if folder != "." else None, place["uid"] if place else None, _received(entry))


def _received(entry: zipfile.ZipInfo) -> datetime | None:
    """When the server received it, as the mailbox connector has noted it."""
    note = entry.comment.decode("ascii", "replace")
    try:
        return datetime.fromisoformat(note).astimezone(UTC) if note else None
    except ValueError:
        return None
