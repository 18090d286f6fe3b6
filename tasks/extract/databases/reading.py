"""Reading one table of a database: all of it or what is new, in parts, and which of its keys are still there."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from tasks.ahead import ReadAhead
from tasks.errors import SourceRefused
from tasks.extract.databases import parts
from tasks.extract.databases.fingerprint import Fingerprint
from tasks.extract.databases.future import is_ahead
from tasks.extract.databases.parts import PartFile, cut
from tasks.extract.databases.selecting import Selecting
from tasks.extract.databases.session import Session
from tasks.extract.fetching import Asking, Fetched, Keys
from tasks.source.extracts.database import TableExtract

ENDLESS = ("infinity", "-infinity")
"""Moments of PostgreSQL after which nothing would ever be new."""


@dataclass
class Reading:
    """One table of a source, on its way from the database to files of ours.

    What is remembered of it: `<table>` the cursor, `<table>.again` what the overlap held, `<table>.content` what all of
    it was, `<table>.keys` which keys there were, `<table>.turn` how many files it gave, `<table>.ahead` which rows have
    a cursor that lies in the future.
    """

    session: Session
    source: str
    system: str
    name: str
    table: TableExtract
    asking: Asking
    _turn: int = field(init=False)
    _selecting: Selecting = field(init=False)
    _is_ahead: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._turn = int(self.asking.cursors.get(f"{self.name}.turn", "0"))
        self._selecting = Selecting.of(self.session, self.name, self.table)

    def fetched(self) -> Iterator[Fetched]:
        """What the table gives, file by file."""
        if self.asking.window:
            yield from self._window() if self.table.cursor else ()
        elif self.table.cursor:
            yield from self._new()
            yield from self._keys() if self.table.deletes else ()
        else:
            yield from self._everything()

    def _everything(self) -> Iterator[Fetched]:
        """The whole table in one file, where anything of it has changed."""
        fingerprint = Fingerprint()
        part = self._written(self._batches(self._selecting.everything()), fingerprint)
        if self._is_known("content", fingerprint):
            part.leave()
            return
        keys = Keys(self.table.key, is_alone=False) if self.table.deletes else None
        yield self._ended(part, {f"{self.name}.content": self._said(fingerprint)}, keys)

    def _keys(self) -> Iterator[Fetched]:
        """The keys of all rows, where they are others than before."""
        fingerprint = Fingerprint()
        part = self._written(self._batches(self._selecting.keys()), fingerprint)
        if self._is_known("keys", fingerprint):
            part.leave()
            return
        cursors = {f"{self.name}.keys": self._said(fingerprint)}
        yield self._ended(part, cursors, Keys(self.table.key, is_alone=True))

    def _new(self) -> Iterator[Fetched]:
        """What has come since the cursor, and what the overlap holds unless it is what it was."""
        # Empty where a row is back that was withdrawn: then it is read from the beginning.
        last = self.asking.cursors.get(self.name) or None
        if last is None:
            sql = self._selecting.all_by_cursor()
        elif self.asking.cursors.get(f"{self.name}.again") == self._overlap(last):
            sql = self._selecting.since(last, is_included=False)
            if self.asking.cursors.get(f"{self.name}.ahead") == self._told(sql):
                return
        else:
            sql = self._selecting.since(self._selecting.before(last), is_included=True)
        for part, reached, is_last in self._parts(sql):
            last = self._cursor(reached) or last
            cursors = {self.name: last} if last is not None else {}
            if is_last and last is not None:
                cursors[f"{self.name}.again"] = self._overlap(last)
                cursors |= self._ahead(last)
            yield self._ended(part, cursors, None)

    def _window(self) -> Iterator[Fetched]:
        """A past range; the cursor stays where it is."""
        window = self.asking.window
        assert window is not None
        for number, (part, _, _) in enumerate(self._parts(self._selecting.within(window)), start=1):
            told = f"{window.first} to {window.last}, part {number}"
            part.end({"table": self.name, "window": told})
            yield Fetched(part.path, f"{self.name}-window.parquet", f"{self.system}/{self.name} {told}")

    def _parts(self, sql: str) -> Iterator[tuple[PartFile, str | None, bool]]:
        """The files that a select fills, the last value of the cursor in each, and whether it is the last of them."""
        assert self.table.cursor is not None
        column = self.table.cursor.column
        part: PartFile | None = None
        reached: str | None = None
        try:
            for piece in cut(self._batches(sql), column, parts.PART_ROWS):
                part = part or PartFile(self.asking.home, self.source, piece.batch.schema)
                part.write(piece.batch)
                reached = self._last(piece.batch.column(column)) or reached
                if piece.is_end:
                    yield part, reached, False
                    part = None
            if part is not None:
                yield part, reached, True
                part = None
        finally:
            if part is not None:
                part.leave()

    def _written(self, batches: Iterator[pa.RecordBatch], fingerprint: Fingerprint) -> PartFile:
        part: PartFile | None = None
        try:
            for batch in batches:
                part = part or PartFile(self.asking.home, self.source, batch.schema)
                part.write(batch)
                fingerprint.add(batch)
        except BaseException:
            if part is not None:
                part.leave()
            raise
        assert part is not None
        return part

    def _ended(self, part: PartFile, cursors: dict[str, str], keys: Keys | None) -> Fetched:
        self._turn += 1
        kind = "keys" if keys and keys.is_alone else "rows"
        part.end({"table": self.name, "kind": kind, "turn": str(self._turn)})
        return Fetched(
            path=part.path,
            # Keys are called otherwise: they are no earlier delivery of the table's rows.
            name=f"{self.name}{'.keys' if kind == 'keys' else ''}-{self._turn}.parquet",
            place=f"{self.system}/{self.name}/{kind}",
            cursors=cursors | {f"{self.name}.turn": str(self._turn)},
            keys=keys,
        )

    def _overlap(self, last: str) -> str:
        """What the rows are that are read again after a cursor, told by their fingerprint."""
        first = self._selecting.before(last)
        return f"{self._told(self._selecting.again(first, last))} since {first}"

    def _ahead(self, last: str) -> dict[str, str]:
        """What the rows are that stay before the cursor, so that they are not fetched each time."""
        name = f"{self.name}.ahead"
        if not self._is_ahead and name not in self.asking.cursors:
            return {}
        return {name: self._told(self._selecting.since(last, is_included=False)) if self._is_ahead else ""}

    def _told(self, sql: str) -> str:
        """What rows are, told by their fingerprint."""
        fingerprint = Fingerprint()
        for batch in self.session.batches(sql):
            fingerprint.add(batch)
        return self._said(fingerprint)

    def _last(self, values: pa.Array) -> str | None:
        """The last value up to which all is read: one in the future would hide what is written until then."""
        for value in reversed(values.drop_null()):
            text = str(value.as_py())
            if not is_ahead(text, self.asking.asked_at):
                return text
            self._is_ahead = True
        return None

    def _cursor(self, value: str | None) -> str | None:
        if value in ENDLESS:
            raise SourceRefused(f"{self.name}: its cursor has come to {value}, after which nothing would be new")
        return value

    def _said(self, fingerprint: Fingerprint) -> str:
        """The fingerprint of the rows with one of their columns: a column more is something new."""
        columns = hashlib.sha256("\0".join(column.sql for column in self._selecting.columns).encode())
        return f"{fingerprint}:{columns.hexdigest()[:12]}"

    def _is_known(self, what: str, fingerprint: Fingerprint) -> bool:
        return self.asking.cursors.get(f"{self.name}.{what}") == self._said(fingerprint)

    def _batches(self, sql: str) -> Iterator[pa.RecordBatch]:
        """What a select gives; the database goes on while a batch is being written."""
        return iter(ReadAhead(self.session.batches(sql)))
