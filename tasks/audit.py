"""Hold the built tables to their contracts, before anyone reads them."""

import importlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from schemas.table import Expectation, Table
from schemas.tables import TABLES
from tasks.audit_pages import finish_pages
from warehouse.audit_dialect import ADDRESS, register_dialect
from warehouse.audits import AuditLine, as_of_date, found_rows, record_audits, table_names
from warehouse.closings import closing_of_day
from warehouse.home import Home

RESULT = {"result_format": "BASIC", "partial_unexpected_count": 0}
"""Counts, and no value of any row: what breaks a rule may be somebody's name, and many read the pages of an audit."""

SEVERITIES = {"fail": "critical", "warn": "warning"}
"""Our word for how much a rule weighs, and the library's."""

SHOWN = 3
"""How many of the rows that broke a rule its line names: enough to see a pattern, few enough to read."""


@dataclass(frozen=True)
class AuditResult:
    """What an audit found, rule by rule, and where its pages are."""

    results: list[AuditLine]
    docs: Path

    @property
    def is_passed(self) -> bool:
        """Whether the tables may be published: no rule that stops a publication is broken."""
        return not self.failures

    @property
    def failures(self) -> list[AuditLine]:
        """The broken rules that stop a publication."""
        return [line for line in self.results if not line.is_success and line.severity == "fail"]

    @property
    def warnings(self) -> list[AuditLine]:
        """The broken rules that are only recorded."""
        return [line for line in self.results if not line.is_success and line.severity == "warn"]


def audit(home: Home, building: Path, publication_id: str, tables: tuple[Table, ...] = TABLES) -> AuditResult:
    """Hold every table of the building to its contract, and keep what was found: in both warehouses, and as pages."""
    built = table_names(building)
    lines = [_missing(publication_id, table) for table in tables if table.name not in built]
    present = [table for table in tables if table.name in built]
    as_of = as_of_date(building)
    told = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
    with _context(building, {table.schema for table in present}) as context:
        for table in present:
            lines += _audit_table(context, building, table, publication_id, told)
        with _fresh(home.root / "data_docs") as folder:
            _write_docs(context, folder)
            finish_pages(folder, lines, publication_id, as_of)
    record_audits(building, lines)
    record_audits(home.warehouse, lines)
    return AuditResult(lines, home.root / "data_docs" / "index.html")


def refusal(broken: list[AuditLine], building: Path) -> str:
    """Why nothing was published, in one sentence; a tie-out is told by its name and by what breaks it."""
    first = broken[0]
    if first.table_name == "compliance.tie_outs":
        others = f"; {len(broken) - 1} more rules are broken" if len(broken) > 1 else ""
        told = f"{first.sentence}; {first.observed.partition(': ')[2]}{others}"
        return f"the books do not tie out, so nothing was published: {first.expectation}: {told}{_filed(building)}"
    return (
        f"{len(broken)} table contract(s) are broken, so nothing was published; the first: "
        f"{first.table_name}: {first.sentence}"
    )


def _filed(building: Path) -> str:
    """Of a closed day the documents may tell more than the ledger, when late ones stand on the first open day."""
    closing = closing_of_day(building)
    if closing is None:
        return ""
    return (
        f"; this day was closed with {closing.period}, and what came late stands on a later one: take what was filed "
        f"(`countinghouse filed {closing.period}`), or the books as known on {closing.closed_at:%Y-%m-%d}"
    )


@contextmanager
def _context(building: Path, schemas: set[str]) -> Iterator[Any]:
    """Great Expectations over the schemas of one file, in memory and silent; the file is let go of at the end."""
    context = _library().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    register_dialect()
    sources = [
        context.data_sources.add_sql(
            schema,
            connection_string=ADDRESS,
            create_temp_table=False,
            kwargs={"connect_args": {"database": str(building), "schema": schema}},
        )
        for schema in sorted(schemas)
    ]
    try:
        yield context
    finally:
        for source in sources:
            source.get_execution_engine().close()
            source.get_engine().dispose()


def _library() -> ModuleType:
    """Great Expectations, imported when the first audit needs it: that costs seconds, and it must not report home."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with _deferred("scipy.stats", "altair"):
        return importlib.import_module("great_expectations")


class _Deferred(ModuleType):
    """Stands in for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def _deferred(*names: str) -> Iterator[None]:
    """Keep an import from pulling in modules of which it uses nothing: of 12 seconds these two cost 5."""
    deferred = {name: _Deferred(name) for name in names if name not in sys.modules}
    sys.modules.update(deferred)
    try:
        yield
    finally:
        for name, module in deferred.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _audit_table(context: Any, building: Path, table: Table, publication_id: str, told: datetime) -> list[AuditLine]:
    from great_expectations import ExpectationSuite, RunIdentifier, ValidationDefinition

    asset = context.data_sources.get(table.schema).add_table_asset(table.table)
    suite = context.suites.add(
        ExpectationSuite(table.name, expectations=[_as_theirs(rule) for rule in table.expectations])
    )
    validation = context.validation_definitions.add(
        ValidationDefinition(name=table.name, data=asset.add_batch_definition_whole_table("whole table"), suite=suite)
    )
    found = validation.run(result_format=RESULT, run_id=RunIdentifier(run_name=publication_id, run_time=told))
    by_name = {result.expectation_config.meta["rule"]: result for result in found.results}
    return [_line(building, publication_id, table, rule, by_name[rule.name]) for rule in table.expectations]


def _as_theirs(rule: Expectation) -> Any:
    from great_expectations import expectations

    kind = _counting() if rule.kind == "UnexpectedRowsExpectation" else getattr(expectations, rule.kind)
    return kind(
        **rule.arguments,
        severity=SEVERITIES[rule.severity],
        description=rule.sentence,
        meta={"rule": rule.name},
    )


@cache
def _counting() -> Any:
    """The library's own expectation asks its query twice, for the rows and for their number, which is enough here."""
    from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation

    class UnexpectedRowsCountedExpectation(UnexpectedRowsExpectation):
        metric_dependencies = ("unexpected_rows_query.row_count",)

        def _validate(self, metrics: dict[str, Any], *others: Any, **named: Any) -> Any:
            return super()._validate(metrics | {"unexpected_rows_query.table": []}, *others, **named)

    return UnexpectedRowsCountedExpectation


def _line(building: Path, publication_id: str, table: Table, rule: Expectation, result: Any) -> AuditLine:
    observed, count = _observed(building, table, rule, result)
    return AuditLine(
        publication_id=publication_id,
        table_name=table.name,
        expectation=rule.name,
        column_name=rule.column,
        severity=rule.severity,
        is_success=bool(result.success),
        observed=observed,
        unexpected_count=count,
        sentence=rule.sentence,
    )


def _observed(building: Path, table: Table, rule: Expectation, result: Any) -> tuple[str, int]:
    """What was seen, in words, and how many rows break the rule."""
    trouble = _trouble(result.exception_info)
    if trouble:
        return f"could not be checked: {trouble}", 1
    seen = result.result
    if "unexpected_count" in seen:
        return f"{seen['unexpected_count']} of {seen['element_count']} rows", seen["unexpected_count"]
    if rule.kind != "UnexpectedRowsExpectation":
        return str(seen["observed_value"]), int(not result.success)
    count = int(seen["observed_value"])
    rows = f"{count} row{'' if count == 1 else 's'}"
    return (f"{rows}: {_sample(building, table, rule)}" if count else rows), count


def _sample(building: Path, table: Table, rule: Expectation) -> str:
    """The first rows that a query of a contract found; such queries select keys and figures only."""
    sql = f"from ({rule.arguments['unexpected_rows_query'].replace('{batch}', table.name)}) order by all"
    rows = found_rows(building, sql, SHOWN)
    return "; ".join(", ".join(f"{name} {value}" for name, value in row.items()) for row in rows)


def _trouble(exception_info: dict[str, Any]) -> str | None:
    """The first line of what kept a rule from being checked; the library keys it by metric, or not at all."""
    infos = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    messages = [str(info["exception_message"]) for info in infos if info["raised_exception"]]
    return messages[0].splitlines()[0] if messages else None


def _missing(publication_id: str, table: Table) -> AuditLine:
    return AuditLine(
        publication_id, table.name, "table:built", None, "fail", False, "no such table", 1, "the table was built"
    )


@contextmanager
def _fresh(folder: Path) -> Iterator[Path]:
    """An empty folder that takes the place of another when it is filled, so that readers find the old or the new."""
    fresh, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    yield fresh
    if folder.exists():
        folder.replace(old)
    fresh.replace(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write_docs(context: Any, folder: Path) -> None:
    """Write the library's own page of each table."""
    context.add_data_docs_site(
        site_name="audit",
        site_config={
            "class_name": "SiteBuilder",
            "site_name": "Countinghouse",
            "show_how_to_buttons": False,
            "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(folder)},
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            # The page of a result repeats its suite.
            "site_section_builders": {"expectations": "None", "profiling": "None"},
        },
    )
    context.build_data_docs(site_names=["audit"])
