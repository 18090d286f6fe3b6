"""The rows refused during a load, written aside as they come, so that a file of nothing but bad rows fits in memory."""

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from tasks.check import Refusal
from tasks.extract.formats.text import ROW, Malformed

SCHEMA = pa.schema(
    {
        "batch_id": pa.string(),
        "source": pa.string(),
        "file": pa.string(),
        "row": pa.int64(),
        "record": pa.string(),
        "rules": pa.list_(pa.string()),
        "reasons": pa.list_(pa.string()),
        "raw": pa.string(),
        "status": pa.string(),
    }
)


class Refused:
    """A growing file of refused rows of one batch and record."""

    def __init__(self, scratch: Path, batch_id: str, source: str, file: str, record: str) -> None:
        self._path = scratch / f"refused-{batch_id}-{record}.arrow"
        self._same = {"batch_id": batch_id, "source": source, "file": file, "record": record, "status": "open"}
        self._writer = pa.ipc.new_file(str(self._path), SCHEMA)
        self.count = 0

    def add_malformed(self, rows: Sequence[Malformed]) -> None:
        """Rows that could not be split into columns."""
        self._write(
            [row.row for row in rows],
            [[row.rule] for row in rows],
            [[row.reason] for row in rows],
            [row.raw for row in rows],
        )

    def add(self, refusals: dict[int, Refusal], raw: dict[int, dict[str, str | None]]) -> None:
        """Rows that broke a rule, by their number, with what the source sent."""
        told = refusals.values()
        self._write(
            list(refusals),
            [refusal.rules for refusal in told],
            [refusal.reasons for refusal in told],
            [as_json(raw[row]) for row in refusals],
        )

    def _write(self, rows: list[int], rules: list[list[str]], reasons: list[list[str]], raw: list[str]) -> None:
        if not rows:
            return
        each = {"row": rows, "rules": rules, "reasons": reasons, "raw": raw}
        same = {name: [value] * len(rows) for name, value in self._same.items()}
        self._writer.write_table(pa.table(each | same, schema=SCHEMA))
        self.count += len(rows)

    def read(self) -> pa.RecordBatchReader:
        """All of them, to be read once; nothing can be added after."""
        self._writer.close()
        file = pa.ipc.open_file(pa.memory_map(str(self._path)))
        return pa.RecordBatchReader.from_batches(SCHEMA, (file.get_batch(at) for at in range(file.num_record_batches)))

    def remove(self) -> None:
        """Remove the file."""
        self._writer.close()
        self._path.unlink(missing_ok=True)


def as_json(row: dict[str, str | None]) -> str:
    """A row as its source sent it, as JSON."""
    return json.dumps({name: value for name, value in row.items() if name != ROW}, ensure_ascii=False)
