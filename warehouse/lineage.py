"""Column lineage: from which columns of which tables a model's column is made."""

from collections.abc import Iterator, Mapping
from functools import cache

from sqlglot import exp
from sqlglot.lineage import Node
from sqlglot.lineage import lineage as trace

from warehouse.models import Model

Source = tuple[str, str]
"""A table (`schema.table`) and a column of it."""


def lineage(model: Model, tables: Mapping[str, Mapping[str, str]]) -> dict[str, list[Source]]:
    """Each column of the model with the columns it is made from; none for a count of rows.

    `tables` holds the columns and types of at least the tables that the model reads.
    """
    read = tuple((name, tuple(tables[name].items())) for name in sorted(model.references))
    return {column: list(sources) for column, sources in _lineage(model, read).items()}


# A model whose text and inputs are the same has the same lineage; a worker that builds every day asks every day.
@cache
def _lineage(model: Model, read: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> dict[str, tuple[Source, ...]]:
    schema: dict[str, dict[str, dict[str, str]]] = {}
    for name, columns in read:
        folder, table = name.split(".")
        schema.setdefault(folder, {})[table] = dict(columns)
    # Cutting each step down to the columns asked for changes no answer, and costs more than all the rest.
    traced = trace(None, model.query, schema, dialect="duckdb", trim_selects=False)
    return {column: tuple(sorted(set(_sources(root)))) for column, root in traced.items()}


def _sources(root: Node) -> Iterator[Source]:
    for node in root.walk():
        if isinstance(node.source, exp.Table) and node.source.db and not node.downstream:
            yield f"{node.source.db}.{node.source.name}", node.name.split(".")[-1].strip('"')
