"""Reading whole bank statements: what was given as rows and what was set aside, as one list."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.extract.formats.text import ROW
from tasks.extract.opening import open_file
from tasks.source import FilesExtract

Rows = list[dict[str, str]]


def rows_of(path: Path, **extract: object) -> Rows:
    """Every row of a file with what it says; one of a statement that does not add up with the rule it breaks."""
    file = open_file(path, FilesExtract.model_validate({"connector": "files", "path": "any"} | extract))
    rows: dict[int, dict[str, str]] = {}
    for batch in file.batches:
        rows |= {row.pop(ROW): row for row in batch.frame.iter_rows(named=True)}
        for row in batch.malformed:
            said = json.loads(row.raw) if row.raw.startswith("{") else {"raw": row.raw}
            assert row.row not in rows
            rows[row.row] = said | {"rule": row.rule, "reason": row.reason}
    assert sorted(rows) == list(range(1, len(rows) + 1))
    return [{name: value for name, value in rows[number].items() if value is not None} for number in sorted(rows)]


@pytest.fixture(scope="session")
def read_rows() -> Callable[..., Rows]:
    return rows_of


@pytest.fixture
def statements(tmp_path: Path) -> Callable[..., Rows]:
    """Writes a file and gives its rows."""

    def write_and_read(content: bytes | str, name: str, **extract: object) -> Rows:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return rows_of(path, **extract)

    return write_and_read
