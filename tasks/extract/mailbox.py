"""The `mailbox` connector: a mail server is asked by IMAP for the mails that are new, and nothing in it is changed.

Where a folder was read to is remembered as its UIDVALIDITY and the last UID. When the server gives a folder another
UIDVALIDITY, its numbers mean other mails: the folder is read from the beginning, and what is known is unchanged.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.environment import filled, unset
from tasks.extract.fetching import Asking, Fetched, part_file
from tasks.extract.imap import Conversation, conversation
from tasks.source import Source
from tasks.source.extracts.mailbox import MailboxExtract, is_this_machine
from tasks.source.secret import is_known, named, revealed

BUNDLE_MAILS = 200
BUNDLE_BYTES = 16 << 20
"""How many mails, and about how many bytes, are landed and loaded together: a run that is killed repeats one bundle."""

CHUNK_BYTES = 4 << 20
"""How much of mails is asked for at a time; a longer mail comes in pieces, and is never held whole."""

MAIL_BYTES = 1 << 30
"""A server that says a mail is longer does not speak the truth: none takes so long a mail."""

NUMBERS = 50_000
"""How many UIDs are asked for at a time: their list has to fit into the longest line that the library reads."""

DESCRIBED = 500
"""How many mails' sizes are asked for at a time."""

PORTS = {"tls": 993, "starttls": 143, "none": 143}


@dataclass(frozen=True)
class Folder:
    """A folder as the server opens it."""

    name: str
    validity: int
    next_uid: int | None
    count: int


@dataclass(frozen=True)
class Described:
    """A mail that waits, as the server describes it."""

    uid: int
    bytes: int
    received_at: datetime | None


def absent(source: Source) -> str | None:
    """Why the mailbox cannot be asked here, as a sentence; None when it can."""
    extract = _extract(source)
    token_url = extract.oauth2.token_url if extract.oauth2 else ""
    names = unset([extract.host, extract.user, extract.port or "", token_url])
    if names:
        return f"{source.source}: skipped, {names[0]} is not set; set it to what the source's file needs"
    missing = next((reference for reference in extract.references if not is_known(reference)), None)
    return f"{source.source}: skipped, {named(missing)}" if missing else None


def fetch(source: Source, asking: Asking) -> Iterator[Fetched]:
    """What is new in each folder, some mails at a time; the next are asked for when those before are loaded.

    Raises SourceUnreachable when the server does not answer, SourceRefused when it says no.
    """
    extract = _extract(source)
    with _logged_in(source, extract) as server:
        for name in extract.folders:
            folder = _opened(source, server, name)
            for bundle in _bundles(source, server, _waiting(server, folder, extract, asking)):
                yield _fetched(source, server, folder, bundle, asking)


def _extract(source: Source) -> MailboxExtract:
    assert isinstance(source.extract, MailboxExtract)
    return source.extract


@contextmanager
def _logged_in(source: Source, extract: MailboxExtract) -> Iterator[Conversation]:
    host, port = filled(extract.host), int(filled(extract.port or str(PORTS[extract.security])))
    if extract.security == "none" and not is_this_machine(host):
        raise SourceRefused(f"{source.source}: the password would cross a network in the clear; say tls or starttls")
    secret = revealed(extract.password) if extract.password else _token(source, extract)
    with conversation(source.source, host, port, extract.security) as server:
        server.ask(server.login if extract.password else server.oauth2_login, filled(extract.user), secret)
        yield server


def _token(source: Source, extract: MailboxExtract) -> str:
    # Here, because its libraries are slow to import, and most mailboxes are read with a password.
    from tasks.extract.mail_token import token_of

    assert extract.oauth2
    try:
        return token_of(extract.oauth2)
    except SourceUnreachable as error:
        raise SourceUnreachable(f"{source.source}: {error}") from error
    except SourceRefused as error:
        raise SourceRefused(f"{source.source}: {error}") from error


def _opened(source: Source, server: Conversation, name: str) -> Folder:
    # For reading only (EXAMINE): no mail loses its mark of being new.
    said: dict[bytes, Any] = server.ask(server.select_folder, name, True)
    validity = said.get(b"UIDVALIDITY")
    if not isinstance(validity, int):
        raise SourceRefused(f"{source.source}: the folder {name} gives its mails no numbers that last (UIDVALIDITY)")
    return Folder(name, validity, said.get(b"UIDNEXT"), int(said.get(b"EXISTS", 0)))


def _waiting(server: Conversation, folder: Folder, extract: MailboxExtract, asking: Asking) -> list[int]:
    """The UIDs of what is new, or of what the server received in a past window."""
    if asking.window:
        first, last = (date.fromisoformat(day[:10]) for day in (asking.window.first, asking.window.last))
        return _numbers(server, folder, 1, ["SINCE", first, "BEFORE", last])
    validity, _, last_uid = asking.cursors.get(folder.name, "").partition(":")
    first_uid = int(last_uid) + 1 if validity == str(folder.validity) else 1
    return _numbers(server, folder, first_uid, ["SINCE", extract.since] if extract.since else [])


def _numbers(server: Conversation, folder: Folder, first: int, criteria: list) -> list[int]:
    """The UIDs from the first one on that meet the criteria, in their order."""
    if not folder.count:
        return []
    ends: list[tuple[int, int | str]] = [(first, "*")]
    if folder.count > NUMBERS and folder.next_uid:
        ends = [(low, low + NUMBERS - 1) for low in range(first, folder.next_uid, NUMBERS)]
    found: set[int] = set()
    for low, high in ends:
        # Asked for what comes after the last mail, a server tells the last one.
        found |= {uid for uid in server.ask(server.search, ["UID", f"{low}:{high}", *criteria]) if uid >= first}
    return sorted(found)


def _bundles(source: Source, server: Conversation, uids: list[int]) -> Iterator[list[Described]]:
    bundle: list[Described] = []
    for mail in _described(source, server, uids):
        if bundle and (len(bundle) == BUNDLE_MAILS or sum(one.bytes for one in bundle) + mail.bytes > BUNDLE_BYTES):
            yield bundle
            bundle = []
        bundle.append(mail)
    if bundle:
        yield bundle


def _described(source: Source, server: Conversation, uids: list[int]) -> Iterator[Described]:
    for at in range(0, len(uids), DESCRIBED):
        asked = uids[at : at + DESCRIBED]
        said = server.ask(server.fetch, asked, ["RFC822.SIZE", "INTERNALDATE"])
        given = [uid for uid in asked if b"RFC822.SIZE" in said.get(uid, {})]
        server.check_gone(set(asked) - set(given))
        for uid in given:
            size = said[uid][b"RFC822.SIZE"]
            if size > MAIL_BYTES:
                raise SourceRefused(f"{source.source}: the mail server says that a mail is {size:,} bytes long")
            yield Described(uid, size, said[uid].get(b"INTERNALDATE"))


def _fetched(source: Source, server: Conversation, folder: Folder, bundle: list[Described], asking: Asking) -> Fetched:
    path = part_file(asking.home, source.source)
    count = _write(source, server, folder, bundle, path)
    asking.progress(folder.name, count)
    span = f"{folder.validity}-{bundle[0].uid}-{bundle[-1].uid}"
    return Fetched(
        path=path if count else None,
        name=f"{re.sub(r'[^0-9A-Za-z]+', '-', folder.name).strip('-') or 'folder'}-{span}.zip",
        place=f"mailbox/{folder.name}/{folder.validity}",
        cursors={} if asking.window else {folder.name: f"{folder.validity}:{bundle[-1].uid}"},
    )


def _write(source: Source, server: Conversation, folder: Folder, bundle: list[Described], path: Path) -> int:
    """Write mails byte for byte into an archive that is the same whenever it is written; returns how many there were.

    They are not compressed: another version of a library would make other bytes of the same mails.
    """
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for group in _groups(bundle):
            for mail, pieces in _contents(source, server, group):
                entry = zipfile.ZipInfo(f"{folder.name}/{folder.validity}-{mail.uid}.eml")
                entry.comment = mail.received_at.isoformat().encode() if mail.received_at else b""
                with archive.open(entry, "w") as stream:
                    for piece in pieces:
                        stream.write(piece)
                count += 1
    return count


def _groups(bundle: list[Described]) -> Iterator[list[Described]]:
    """Mails that are asked for together: several short ones, or a long one alone."""
    group: list[Described] = []
    for mail in bundle:
        if group and sum(one.bytes for one in group) + mail.bytes > CHUNK_BYTES:
            yield group
            group = []
        group.append(mail)
    if group:
        yield group


def _contents(
    source: Source, server: Conversation, group: list[Described]
) -> Iterator[tuple[Described, Iterator[bytes]]]:
    if group[0].bytes > CHUNK_BYTES:
        pieces = _pieces(source, server, group[0].uid)
        first = next(pieces, None)
        if first is not None:
            yield group[0], chain([first], pieces)
        else:
            server.check_gone([group[0].uid])
        return
    said = server.ask(
        server.fetch, [mail.uid for mail in group], ["BODY.PEEK[]"], mail_bytes=sum(mail.bytes for mail in group)
    )
    bodies = {mail.uid: _body(said.get(mail.uid, {})) for mail in group}
    server.check_gone([uid for uid, body in bodies.items() if body is None])
    for mail in group:
        body = bodies[mail.uid]
        if body is not None:
            yield mail, iter([body])


def _pieces(source: Source, server: Conversation, uid: int) -> Iterator[bytes]:
    """A long mail piece by piece; none where it is not there any more."""
    start = 0
    piece: bytes | None = b""
    while piece is not None and start <= MAIL_BYTES:
        asked = f"BODY.PEEK[]<{start}.{CHUNK_BYTES}>"
        piece = _body(server.ask(server.fetch, [uid], [asked], mail_bytes=CHUNK_BYTES).get(uid, {}))
        if piece:
            yield piece
        if not piece or len(piece) < CHUNK_BYTES:
            return
        start += len(piece)
    raise SourceRefused(f"{source.source}: the mail server does not come to the end of a mail")


def _body(said: dict[bytes, Any]) -> bytes | None:
    """The bytes of a mail in an answer, or of its piece."""
    return next((value or b"" for name, value in said.items() if name.startswith(b"BODY[")), None)
