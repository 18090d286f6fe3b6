"""Checking which table of a database feeds which record, and that deleted rows can be found by their keys."""

from collections.abc import Iterator

from sqlglot import exp

from schemas.records import RECORDS
from tasks.extract.formats.text import ROW
from tasks.source.expression import parse_expression, reads_other_rows, source_columns
from tasks.source.extracts import DatabaseExtract
from tasks.source.model import RecordMapping, Source
from tasks.source.reading import Document
from tasks.source.words import nearest


def table_errors(document: Document, source: Source) -> list[str]:
    """Everything that is wrong between the tables of a source and its records, one sentence each."""
    if not isinstance(source.extract, DatabaseExtract):
        return [
            f"{document.at(('records', name, 'from'))}: only a database has tables; leave out `from`"
            for name, mapping in source.records.items()
            if mapping.from_
        ]
    extract = source.extract
    errors = [error for name in source.records for error in _record_errors(document, source, extract, name)]
    fed = {source.table_of(mapping) for mapping in source.records.values()}
    return errors or [
        f"{document.at(('extract', 'tables', table))}: no record is read from {table}; leave it out"
        for table in extract.tables
        if table not in fed
    ]


def _record_errors(document: Document, source: Source, extract: DatabaseExtract, name: str) -> Iterator[str]:
    mapping = source.records[name]
    table = source.table_of(mapping)
    tables = ", ".join(extract.tables)
    if table is None:
        yield f"{document.at(('records', name))}: say `from` which table {name} is read: {tables}"
    elif table not in extract.tables:
        wrong = document.at(("records", name, "from"))
        yield f"{wrong}: there is no table {table!r}{nearest(table, extract.tables)}; there is: {tables}"
    elif extract.tables[table].deletes:
        yield from _key_errors(document, source, name, mapping, extract.tables[table].key)


def _key_errors(
    document: Document, source: Source, name: str, mapping: RecordMapping, key: tuple[str, ...]
) -> Iterator[str]:
    """What is deleted is found by the key alone, so the record's key must come from it."""
    for column in RECORDS[name].about().key:
        expression = parse_expression(mapping.columns[column], source.lookups)
        others = sorted(source_columns(expression) - set(key))
        where = document.at(("records", name, "columns", column))
        alone = f"and deletes are found by the key {', '.join(key)} alone"
        if others:
            yield f"{where}: {column} reads {', '.join(others)}, {alone}"
        elif reads_other_rows(expression) or any(one.name == ROW for one in expression.find_all(exp.Column)):
            yield f"{where}: {column} depends on other rows, {alone}"
