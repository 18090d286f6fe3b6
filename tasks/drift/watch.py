"""Watching a delivery while it is loaded, and writing down what it looked like and in what it differs."""

from dataclasses import dataclass, field

from tasks.drift.comparison import Comparison, Delivered
from tasks.drift.finding import Finding
from tasks.drift.judging import OF_THE_HEADER, OF_THE_ROWS, Rule, judge
from tasks.drift.profiler import Profiler
from tasks.drift.words import KnownColumns
from tasks.extract.formats.text import TextFile
from tasks.source import Source
from tasks.store import Store
from warehouse.books import Batch
from warehouse.profiles import PastDelivery, deliveries_before, is_loaded, write_drift, write_profile


@dataclass
class Watch:
    """A delivery on its way into the warehouse, seen beside those before it."""

    store: Store
    source: Source
    batch: Batch
    known: KnownColumns
    profiler: Profiler
    before: list[PastDelivery] | None
    """None where the file was loaded before: what there was to say of it has been said."""
    has_open_columns: bool
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def over(cls, store: Store, source: Source, batch: Batch, file: TextFile) -> "Watch":
        """Begin to watch a file; what its header alone tells is judged before a row is read.

        Raises DriftStopped when the file must not be loaded.
        """
        known, drift = store.known_columns(source), source.drift
        before = (
            None
            if is_loaded(store.connection, source.source, batch.file)
            else deliveries_before(
                store.connection,
                source.source,
                batch.file,
                batch.batch_no,
                drift.since,
                drift.deliveries,
                source.called(batch.file_name),
            )
        )
        watch = cls(store, source, batch, known, Profiler(file.header, known.coded), before, file.has_open_columns)
        if not file.has_open_columns:
            watch.findings += watch._judged(OF_THE_HEADER)
        return watch

    def _judged(self, rules: tuple[Rule, ...]) -> list[Finding]:
        if self.before is None:
            return []
        delivered = Delivered(self.batch.file_name, self.profiler.columns(), self.profiler.read, self.has_open_columns)
        return judge(Comparison(self.source, self.known, delivered, self.before), rules)

    def settle(self) -> list[Finding]:
        """Judge what was read, and write it down with the batch.

        Raises DriftStopped when the file must not be loaded.
        """
        rules = (*OF_THE_HEADER, *OF_THE_ROWS) if self.has_open_columns else OF_THE_ROWS
        self.findings += self._judged(rules)
        write_profile(self.store.connection, self.batch, self.profiler.columns())
        write_drift(self.store.connection, self.batch, [finding.row for finding in self.findings])
        return self.findings
