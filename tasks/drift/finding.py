"""What is found when a delivery is held against those before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasks.errors import UnreadableFile
from warehouse.profiles import DriftRow


@dataclass(frozen=True)
class Finding:
    """One thing in which a delivery differs from those before it."""

    source: str
    file_name: str
    column: str | None
    change: str
    severity: str
    """`warn`: it was loaded; `stop`: it was refused; `accepted`: refused, but for a word in its source's file."""
    text: str
    """What is so of the file, and what to do: the end of a sentence that begins with its name."""
    usual: str | None = None
    found: str | None = None

    @property
    def sentence(self) -> str:
        """The whole of it, for who has nothing else before him."""
        return f"{self.source}: {self.file_name} {self.text}"

    @property
    def row(self) -> DriftRow:
        """As it is written down."""
        return DriftRow(self.column, self.change, self.severity, self.usual, self.found, self.sentence)


class DriftStopped(UnreadableFile):
    """A delivery differs from those before it in a way that its source's file does not let pass."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first = next(finding for finding in findings if finding.severity == "stop")
        super().__init__(f"it {first.text}")
        self.findings = tuple(findings)
