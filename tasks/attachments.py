"""Attachments: a file that a mail brings is put where the source that it belongs to finds it, with its trail."""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tasks.extract.formats.eml import eml_mails
from tasks.extract.formats.mail import Mail, NoMail, read_mail
from tasks.extract.formats.mail_parts import Attachment
from tasks.extract.formats.mbox import mbox_mails
from tasks.land import Landed, make_durable
from tasks.source import Source
from tasks.source.attachments import Destination, destination_of, fed_by
from tasks.store import Store
from warehouse.attachments import BroughtFile, brought_before, known_contents, write_brought
from warehouse.books import Batch
from warehouse.home import Home

MAILS = {"eml": eml_mails, "mbox": mbox_mails}

SUFFIXES = re.compile(r"((?:\.[a-z0-9]{1,7}){0,2})$")
NAME_LENGTH = 40


@dataclass(frozen=True)
class _Attached:
    """A file in a mail, and where it goes."""

    row: int
    number: int
    mail: Mail
    file: Attachment
    to: Destination

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.file.content).hexdigest()

    @property
    def moment(self) -> str | None:
        """When the mail came, or says that it was sent."""
        return self.mail.row["received_at"] or self.mail.row["sent_at"]

    @property
    def refusal(self) -> str | None:
        """Why it is not brought."""
        sender = self.mail.row["from_address"]
        return self.file.damage or (None if self.to.may_come_from(sender) else "its sender may not send it")

    def path(self, home: Home) -> Path:
        """Where it is put. It depends on the mail alone, so a run that was killed puts it there again.

        What the sender calls the file is no path: its letters and digits stand in the name for people to see, and its
        suffix, which says whether it is compressed. In the order of their names the files are in that of their mails.
        """
        name = self.file.name.lower()
        suffix = (SUFFIXES.search(name) or [""])[0]
        shown = re.sub(r"\W+", "-", self.file.name[: len(name) - len(suffix)]).strip("-")[:NAME_LENGTH] or "file"
        digits = re.sub(r"\D", "", self.moment or "")[:14].zfill(14)
        mail = str(self.mail.row["message_sha256"])[:12]
        return home.attachments / self.to.source / f"{digits}-{mail}-{self.number}-{shown}{suffix}"


def bring_attachments(store: Store, source: Source, landed: Landed, batch: Batch) -> list[str]:
    """Put what is attached to the mails of a landed file where the sources that it belongs to find it.

    What they have been brought before, by whatever mail, is written down as a duplicate. Returns which were kept from
    them and why, a sentence each.
    """
    if not source.attachments:
        return []
    before = brought_before(store.connection, source.source, landed.sha256)
    known = known_contents(store.connection, fed_by(source))
    brought = []
    for one in _attached(source, landed):
        if (one.row, one.number) in before:
            continue
        path = None if one.refusal or (one.to.source, one.sha256) in known else one.path(store.home)
        if path:
            _put(store.home, path, one)
            known.add((one.to.source, one.sha256))
        brought.append(_written(one, batch, path.relative_to(store.home.root) if path else None))
    write_brought(store.connection, brought)
    return [
        f"{one.attachment_name} of mail {one.row} in {landed.name} was kept from {one.target}: {one.reason}"
        for one in brought
        if one.reason
    ]


def _attached(source: Source, landed: Landed) -> Iterator[_Attached]:
    mails = MAILS[source.extract.landed.format]
    for row, raw in enumerate(mails(landed.path), start=1):
        try:
            mail = read_mail(raw)
        except NoMail:
            # It is in quarantine, and brings what it has when it is replayed.
            continue
        for number, file in enumerate(mail.attachments, start=1):
            to = destination_of(file.name, source.attachments)
            if to and not file.is_inline:
                yield _Attached(row, number, mail, file, to)


def _put(home: Home, path: Path, one: _Attached) -> None:
    """Write the file, whole or not at all; one that a killed run has written stays as it is."""
    if path.exists() and path.read_bytes() == one.file.content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = home.scratch / path.name
    part.write_bytes(one.file.content)
    moment = max(datetime.fromisoformat(one.moment).replace(tzinfo=UTC).timestamp(), 0) if one.moment else 0
    # The file is as old as its mail: found again after a kill it is the same delivery.
    os.utime(part, (moment, moment))
    part.replace(path)
    make_durable(path)


def _written(one: _Attached, batch: Batch, path: Path | None) -> BroughtFile:
    status = "brought" if path else "refused" if one.refusal else "duplicate"
    return BroughtFile(
        batch_id=batch.batch_id,
        source=batch.source,
        file=batch.file,
        row=one.row,
        attachment_no=one.number,
        message_id=one.mail.row["message_id"],
        attachment_name=one.file.name,
        attachment_sha256=one.sha256,
        bytes=len(one.file.content),
        target=one.to.source,
        path=str(path) if path else None,
        status=status,
        reason=one.refusal,
        brought_at=batch.recorded_at,
    )
