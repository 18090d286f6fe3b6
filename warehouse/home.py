"""The home folder of one company: where its files, its warehouse and its reports are."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    """The places under one root; nothing is created by naming them."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Where systems drop their files."""
        return self.root / "inbox"

    @property
    def landing(self) -> Path:
        """What was received, kept read-only under its SHA-256."""
        return self.root / "landing"

    @property
    def attachments(self) -> Path:
        """What mails brought: one folder a source that the files belong to."""
        return self.root / "attachments"

    @property
    def warehouse(self) -> Path:
        """The flows' own database; it has one writer."""
        return self.root / "warehouse.duckdb"

    @property
    def publications(self) -> Path:
        """The folder of the published warehouse; building happens beside it, in the same file system."""
        return self.root / "published"

    @property
    def published(self) -> Path:
        """What analysts open: read-only, swapped whole."""
        return self.publications / "countinghouse.duckdb"

    @property
    def reports(self) -> Path:
        """One folder an as-of date."""
        return self.root / "reports"

    @property
    def filed(self) -> Path:
        """What was filed when a period was closed: one folder a period, read-only."""
        return self.root / "filed"

    @property
    def known(self) -> Path:
        """The books as they were known on earlier days: one home a day."""
        return self.root / "known"

    @property
    def scratch(self) -> Path:
        """Room for what does not fit in memory while a step works; empty between runs."""
        return self.root / "scratch"
