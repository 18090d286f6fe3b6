"""Admitting rows: batches of text become batches of typed rows that keep their contract; the others are set aside."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import polars as pl
import pyarrow as pa

from schemas.record import Record
from schemas.records import RECORDS
from tasks.ahead import ReadAhead
from tasks.check import MASKED, Refusal, check_rows
from tasks.errors import UnreadableFile
from tasks.extract.formats.text import ROW, Broken, TextBatch, TextFile
from tasks.map import SCOPE, UNTYPED, Mapping
from tasks.quarantined import Refused
from warehouse.mapper import SOURCE_ROWS, Mapper, MappingFailed

NEWEST = pl.CompatLevel.newest()
"""Text goes to DuckDB as views of the same bytes, not as copies."""


@dataclass
class Tally:
    """What became of the rows of a file on their way to the store."""

    extracted: int = 0
    out_of_scope: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Mapped:
    """A batch as it came, typed by its mapping, and the rows on which the mapping's SQL failed."""

    batch: TextBatch
    typed: pl.DataFrame
    failed: dict[int, Refusal]


def map_rows(mapper: Mapper, mapping: Mapping, text: pl.DataFrame, failed: dict[int, Refusal]) -> pl.DataFrame:
    """The rows mapped; a row on which the mapping's SQL fails is found by halving, and told among the failed alone."""
    try:
        return _mapped(mapper, mapping, text)
    except MappingFailed as error:
        if text.height == 1:
            failed[text[ROW][0]] = Refusal(["mapping:error"], [str(error)])
            return _mapped(mapper, mapping, text.clear())
        half = text.height // 2
        return pl.concat([map_rows(mapper, mapping, part, failed) for part in (text[:half], text[half:])])


def _mapped(mapper: Mapper, mapping: Mapping, text: pl.DataFrame) -> pl.DataFrame:
    read = text.select(*mapping.needs, ROW).to_arrow(compat_level=NEWEST)
    mapped = pl.DataFrame(pl.from_arrow(mapper.map(read, mapping.sql)))
    passed = text.select(pl.col(column).alias(name) for name, column in mapping.passed.items())
    return mapped.hstack(passed)


class Admission:
    """Admits the rows of one file to one record."""

    def __init__(self, mapper: Mapper, mapping: Mapping, refused: Refused, progress: Callable[[int], None]) -> None:
        self._progress = progress
        self._mapper = mapper
        self._mapping = mapping
        self._refused = refused
        self._record: type[Record] = RECORDS[mapping.record]
        self._documents: dict[int, list[Broken]] = {}
        self.tally = Tally()

    def accepted(self, file: TextFile) -> Iterator[pl.DataFrame]:
        """Batches of accepted rows: the record's columns, typed, and `_row`."""
        batches = self._completed(file)
        if self._mapping.is_staged:
            yield from self._accepted_of_whole(batches, file.header)
        else:
            # Mapped in one thread, checked in another, as reading and storing have threads of their own.
            for mapped in ReadAhead(self._mapped_ahead(batches)):
                yield self._accepted_of(mapped)

    def _completed(self, file: TextFile) -> Iterator[TextBatch]:
        """Every column that the mapping reads, also where the rows of a batch name none such."""
        for batch in ReadAhead(file.batches):
            known = dict.fromkeys([*file.header, *self._mapping.needs]) if file.has_open_columns else {}
            absent = [pl.lit(None, pl.String).alias(name) for name in known if name not in batch.frame.columns]
            yield replace(batch, frame=batch.frame.with_columns(absent)) if absent else batch

    def _count(self, batch: TextBatch) -> None:
        self.tally.extracted += batch.rows
        self._progress(self.tally.extracted)
        self._refused.add_malformed(batch.malformed)
        self._documents.update(batch.broken)

    def _mapped_ahead(self, batches: Iterator[TextBatch]) -> Iterator[Mapped]:
        for batch in batches:
            failed: dict[int, Refusal] = {}
            yield Mapped(batch, map_rows(self._mapper, self._mapping, batch.frame, failed), failed)

    def _accepted_of(self, mapped: Mapped) -> pl.DataFrame:
        self._count(mapped.batch)
        if mapped.failed:
            self._refused.add(mapped.failed, self._raw(list(mapped.failed), mapped.batch.frame))
        return self._admit(mapped.typed, mapped.batch.frame)

    def _accepted_of_whole(self, batches: Iterator[TextBatch], header: list[str]) -> Iterator[pl.DataFrame]:
        columns = [*dict.fromkeys([*header, *self._mapping.needs]), ROW]
        self._mapper.stage(self._counted(batches, columns))
        if self.tally.extracted > self._refused.count:
            try:
                for mapped in self._mapper.staged(self._mapping.sql):
                    yield self._admit(pl.DataFrame(pl.from_arrow(mapped)), None)
            except MappingFailed as error:
                raise UnreadableFile(
                    f"the mapping to {self._mapping.record} fails on one of its rows: {error}"
                ) from error
        self._mapper.unstage()

    def _counted(self, batches: Iterator[TextBatch], columns: list[str]) -> Iterator[pa.Table]:
        for batch in batches:
            self._count(batch)
            yield batch.frame.select(columns).to_arrow(compat_level=NEWEST)

    def _admit(self, typed: pl.DataFrame, text: pl.DataFrame | None) -> pl.DataFrame:
        typed = self._in_scope(typed)
        untyped = dict(typed.filter(pl.col(UNTYPED).is_not_null()).select(ROW, UNTYPED).iter_rows())
        broken = self._broken(typed, untyped)
        refused = sorted(untyped.keys() | broken.keys())
        if refused:
            raw = self._raw(refused, text)
            refusals = {row: self._refusal(untyped.get(row, []), broken.get(row), raw[row]) for row in refused}
            self._refused.add(refusals, raw)
            typed = typed.filter(~pl.col(ROW).is_in(refused))
        return typed.select(*(column.name for column in self._mapping.columns), ROW)

    def _in_scope(self, typed: pl.DataFrame) -> pl.DataFrame:
        if not self._mapping.scope_rules:
            return typed
        met = typed.filter(pl.col(SCOPE) > 0)[SCOPE].value_counts()
        for number, rows in met.iter_rows():
            self.tally.out_of_scope[self._mapping.scope_rules[number - 1]] += rows
        return typed.filter(pl.col(SCOPE) == 0) if met.height else typed

    def _broken(self, typed: pl.DataFrame, untyped: dict[int, list[str]]) -> dict[int, Refusal]:
        """The rows that break a rule of the contract, by number."""
        checked = check_rows(self._record, typed.select(column.name for column in self._mapping.columns))
        numbers = typed[ROW]
        by_row = {numbers[position]: broken for position, broken in checked.items()}
        # A value that could not be typed is not missing: it is there, and wrong.
        for row, columns in untyped.items():
            if row in by_row:
                by_row[row] = by_row[row].without([f"{column}:required" for column in columns])
        for row in self._documents.keys() & set(numbers) if self._documents else ():
            refusal = by_row.setdefault(row, Refusal())
            for one in self._documents[row]:
                refusal.add(one.rule, one.reason)
        return by_row

    def _refusal(self, untyped: list[str], broken: Refusal | None, raw: dict[str, str | None]) -> Refusal:
        """First what could not be typed, then the rules of the contract."""
        refusal = Refusal()
        columns = {column.name: column for column in self._mapping.columns}
        for name in untyped:
            values = ", ".join(repr(raw.get(read)) for read in self._mapping.reads[name])
            shown = MASKED if columns[name].personal else values
            refusal.add(f"{name}:cast", f"{name} is {shown} but must be exactly a {columns[name].type}")
        if broken is not None:
            for rule, reason in zip(broken.rules, broken.reasons, strict=True):
                refusal.add(rule, reason)
        return refusal

    def _raw(self, rows: list[int], text: pl.DataFrame | None) -> dict[int, dict[str, str | None]]:
        if text is None:
            numbers = ", ".join(str(row) for row in rows)
            staged = self._mapper.staged(f"select * from {SOURCE_ROWS} where {ROW} in ({numbers})")
            return {row[ROW]: row for table in staged for row in table.to_pylist()}
        wanted = text.filter(pl.col(ROW).is_in(rows))
        return {row[ROW]: row for row in wanted.iter_rows(named=True)}


def as_batches(frame: pl.DataFrame) -> list[pa.RecordBatch]:
    """The frame as Arrow batches of the size of DuckDB's row groups, so that each is stored by one thread."""
    return frame.to_arrow(compat_level=NEWEST).combine_chunks().to_batches(max_chunksize=122_880)
