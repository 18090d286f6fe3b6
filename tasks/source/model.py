"""What a source file may say."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from tasks.source.attachments import MAIL_FORMATS, Attachments
from tasks.source.drift import Drift
from tasks.source.extracts import DatabaseExtract, Extract
from tasks.source.strict import Strict


class RecordMapping(Strict):
    """How the rows of a source become rows of one record."""

    from_: str | None = Field(
        default=None,
        alias="from",
        description="Of a database: the table that it is read from; left out where there is but one.",
    )
    columns: dict[str, str] = Field(description="Column of the record: DuckDB SQL over the source's columns.")
    out_of_scope: dict[str, str] = Field(
        default_factory=dict, description="Name of a rule: SQL condition under which a row is none of this record's."
    )


class Source(Strict):
    """One source system."""

    source: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    description: str
    owner: str
    extract: Extract
    posting: Literal["documents", "own journals"] = Field(
        "documents",
        description="What posts its invoices and payments: our rules, or the journals that it delivers as well.",
    )
    drift: Drift = Field(Drift(), description="How far a delivery may differ from those before it.")
    attachments: Attachments = Field(
        default_factory=dict, description="Of mails: pattern of a file's name and the source that it belongs to."
    )
    lookups: dict[str, dict[str, str]] = Field(default_factory=dict)
    records: dict[str, RecordMapping] = Field(min_length=1)
    file: Path = Field(exclude=True)

    @model_validator(mode="after")
    def only_mails_bring_files(self) -> Self:
        """Attachments are of mails."""
        if self.attachments and self.extract.landed.format not in MAIL_FORMATS:
            raise ValueError("only mails have attachments: a mailbox, or files in the format eml or mbox")
        return self

    def of_file(self, name: str) -> Self:
        """The source as a landed file of this name is read: of a database, with the records of its table alone."""
        if not isinstance(self.extract, DatabaseExtract):
            return self
        table = self.extract.table_of(name)
        fed = {record: mapping for record, mapping in self.records.items() if self.table_of(mapping) == table}
        return self.model_copy(update={"records": fed})

    def called(self, name: str) -> str:
        """How the names of files begin that are like the one of this name: of a database, those of the same table."""
        return f"{self.extract.table_of(name)}-" if isinstance(self.extract, DatabaseExtract) else ""

    def table_of(self, mapping: RecordMapping) -> str | None:
        """The table that a record is read from; None where that is not said, and there are several."""
        tables = list(self.extract.tables) if isinstance(self.extract, DatabaseExtract) else []
        return mapping.from_ or (tables[0] if len(tables) == 1 else None)
