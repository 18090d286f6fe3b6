"""Which of a source's columns hold personal data."""

from schemas.records import RECORDS
from tasks.source import Source
from tasks.source.expression import parse_expression, source_columns


def personal_columns(source: Source, record: str) -> set[str]:
    """The source's columns from which a record's personal data comes."""
    personal = {column.name for column in RECORDS[record].columns() if column.personal}
    texts = [text for name, text in source.records[record].columns.items() if name in personal]
    return {name for text in texts for name in source_columns(parse_expression(text, source.lookups))}
