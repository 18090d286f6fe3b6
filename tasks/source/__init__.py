"""A source system as its file in `sources/` describes it: what it delivers, and how its columns become a record's."""

from tasks.source.checking import check_sources
from tasks.source.choosing import SOURCES, chosen, load_sources
from tasks.source.extracts import DatabaseExtract, Extract, FilesExtract
from tasks.source.model import RecordMapping, Source

__all__ = [
    "SOURCES",
    "DatabaseExtract",
    "Extract",
    "FilesExtract",
    "RecordMapping",
    "Source",
    "check_sources",
    "chosen",
    "load_sources",
]
