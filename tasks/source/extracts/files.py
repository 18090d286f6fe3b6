"""What a source file says of files in a folder."""

import codecs
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from tasks.source.extracts.unpivot import Unpivot
from tasks.source.strict import Strict


class FilesExtract(Strict):
    """Files in a folder, read once each, whatever their names."""

    connector: Literal["files"]
    path: str = Field(description="A file or a glob; ${NAME} is taken from the environment.", min_length=1)
    format: Literal[
        "csv",
        "jsonl",
        "parquet",
        "xlsx",
        "saft",
        "camt",
        "mt940",
        "ofx",
        "bai2",
        "einvoice",
        "hledger",
        "beancount",
        "qif",
        "datev",
        "eml",
        "mbox",
    ]
    encoding: str = Field("utf-8", description="Encoding of text files; a byte order mark overrides it.")
    delimiter: str | None = Field(None, description="Left out: the one of , ; tab | that the header uses most.")
    quote: str = Field('"', min_length=1, max_length=1)
    sheet: str | None = Field(None, description="Sheet of a workbook; left out: the first.")
    skip_lines: int = Field(0, ge=0, description="Lines before the header.")
    skip_footer: int = Field(0, ge=0, le=1000, description="Lines after the last row, blank ones not counted.")
    header: bool = True
    columns: tuple[str, ...] = Field((), description="Column names of a file without a header.")
    unpivot: Unpivot | None = Field(
        default=None, description="One row for each column of a wide table; left out: as it is."
    )

    @field_validator("encoding")
    @classmethod
    def encoding_is_known(cls, encoding: str) -> str:
        """An encoding of text that Python knows, such as cp1252 or utf-16."""
        try:
            # Some codecs turn bytes into bytes, or text into text; only one of text takes bytes and gives text.
            codecs.getincrementaldecoder(encoding)("strict")
            b"\0\0".decode(encoding)
        except (LookupError, TypeError, UnicodeError) as error:
            raise ValueError(f"{encoding!r} is no encoding of text; utf-8, cp1252 and utf-16 are") from error
        return encoding

    @field_validator("delimiter")
    @classmethod
    def delimiter_is_one_character(cls, delimiter: str | None) -> str | None:
        """One character that cannot end a line."""
        if delimiter is not None and (len(delimiter.encode()) != 1 or delimiter in "\r\n"):
            raise ValueError(f"{delimiter!r} is not one character of ASCII")
        return delimiter

    @model_validator(mode="after")
    def columns_stand_in_for_the_header(self) -> Self:
        """A file has either a header or names given here."""
        if self.header == bool(self.columns):
            raise ValueError("columns are named here exactly when `header: false`")
        return self

    @model_validator(mode="after")
    def only_tables_are_wide(self) -> Self:
        """A format with columns of its own has nothing to turn."""
        if self.unpivot and self.format not in ("csv", "parquet", "xlsx"):
            raise ValueError("`unpivot` is for csv, parquet and xlsx")
        return self

    @property
    def is_one_document(self) -> bool:
        """Whether a file is one document, of which all rows are taken or none."""
        return self.format == "einvoice"

    @property
    def landed(self) -> Self:
        """How a landed file of the source is read: as what it was when it came."""
        return self
