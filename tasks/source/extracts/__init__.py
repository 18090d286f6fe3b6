"""How what a source holds is reached: what `extract` may say, one module a connector."""

from typing import Annotated

from pydantic import Field

from tasks.source.extracts.api import ApiExtract
from tasks.source.extracts.database import DatabaseExtract
from tasks.source.extracts.files import FilesExtract
from tasks.source.extracts.mailbox import MailboxExtract
from tasks.source.strict import Strict

Extract = Annotated[FilesExtract | DatabaseExtract | ApiExtract | MailboxExtract, Field(discriminator="connector")]
"""What `extract` may be; `connector` says which."""

EXTRACTS: dict[str, type[Strict]] = {
    "files": FilesExtract,
    "database": DatabaseExtract,
    "api": ApiExtract,
    "mailbox": MailboxExtract,
}
"""Every connector by its name."""

__all__ = ["EXTRACTS", "ApiExtract", "DatabaseExtract", "Extract", "FilesExtract", "MailboxExtract"]
