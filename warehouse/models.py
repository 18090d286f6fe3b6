"""The models: one select a file, which table it makes, what it reads, and in which order they can be made."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import takewhile
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError
from sqlglot.optimizer.scope import traverse_scope

MODELS = Path(__file__).parent / "models"
"""Folder = schema, file = table."""


class ModelError(Exception):
    """A model that cannot be run; the message says which file, and what to do."""


@dataclass(frozen=True)
class Model:
    """One file under `warehouse/models/`."""

    schema: str
    table: str
    sql: str

    @property
    def name(self) -> str:
        """The table as analysts name it."""
        return f"{self.schema}.{self.table}"

    @property
    def file(self) -> str:
        """Where it is written, as a person names it."""
        return f"warehouse/models/{self.schema}/{self.table}.sql"

    @property
    def grain(self) -> str:
        """The comment on top."""
        comment = [line[2:].strip() for line in takewhile(lambda line: line.startswith("--"), self.sql.splitlines())]
        if not comment:
            raise ModelError(f"{self.file}:1: begin with a comment that says what one row is")
        return " ".join(comment)

    @property
    def is_view(self) -> bool:
        """Whether it is worked out when it is read: the comment on top says so."""
        return " A view: " in self.grain

    @property
    def order(self) -> str:
        """The columns by which its rows lie, which must tell them apart: those that the comment names, else all."""
        named = re.search(r" In the order of ([a-z_, ]+)\.", self.grain)
        return named[1] if named else "all"

    @cached_property
    def query(self) -> exp.Query:
        """The select, parsed."""
        try:
            parsed = sqlglot.parse_one(self.sql, dialect="duckdb")
        except ParseError as error:
            what = error.errors[0]
            raise ModelError(f"{self.file}:{what['line']}: {what['description']}") from error
        if not isinstance(parsed, exp.Query):
            raise ModelError(f"{self.file}: a model is one select")
        return parsed

    @cached_property
    def references(self) -> frozenset[str]:
        """The tables that it reads, as `schema.table`; names of its own steps are not among them."""
        sources = (source for scope in traverse_scope(self.query) for source in scope.sources.values())
        return frozenset(
            f"{source.db}.{source.name}" if source.db else source.name
            for source in sources
            if isinstance(source, exp.Table)
        )


def read_models(folder: Path = MODELS) -> list[Model]:
    """Every model of the folder, by name."""
    return [Model(path.parent.name, path.stem, path.read_text()) for path in sorted(folder.glob("*/*.sql"))]


def order_models(models: Iterable[Model], given: Iterable[str]) -> list[Model]:
    """The models so that each comes after all that it reads; `given` are the tables that are there before.

    Raises ModelError for a reference that nothing answers, and for models that read each other in a circle.
    """
    by_name = {model.name: model for model in models}
    known = {*given, *by_name}
    for model in by_name.values():
        for reference in sorted(model.references - known):
            raise ModelError(f"{model.file}: there is no {reference}{_nearest(reference, known)}")
    graph = {name: sorted(model.references & by_name.keys()) for name, model in sorted(by_name.items())}
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        circle = " reads ".join(reversed(error.args[1]))
        raise ModelError(f"models read each other in a circle: {circle}") from error


def _nearest(reference: str, known: Iterable[str]) -> str:
    nearest = difflib.get_close_matches(reference, sorted(known), n=1)
    return f"; did you mean {nearest[0]}?" if nearest else ""
