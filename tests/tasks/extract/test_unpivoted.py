"""A wide table as a long one: a row for each column, and every number accounted for."""

import polars as pl
import pytest
from pydantic import ValidationError

from tasks.errors import UnreadableFile
from tasks.extract import unpivoted
from tasks.extract.formats.text import ROW
from tasks.extract.opening import open_file
from tasks.source import FilesExtract

UNPIVOT = {"keep": ["Date"], "name": "currency", "value": "rate"}
WIDE = "Date,USD,JPY,\n2025-01-01,1.10,160,\n2025-01-02,N/A\n2025-01-03,1.20,,\n"


def test_a_row_stands_once_for_each_column(read):
    reading = read(WIDE, "a.csv", format="csv", unpivot=UNPIVOT)
    assert reading.header == ["Date", "currency", "rate"]
    assert reading.rows == {
        1: ("2025-01-01", "USD", "1.10"), 2: ("2025-01-01", "JPY", "160"), 3: ("2025-01-01", "column_4", None),
        7: ("2025-01-03", "USD", "1.20"), 8: ("2025-01-03", "JPY", None), 9: ("2025-01-03", "column_4", None),
    }  # fmt: skip


def test_a_row_that_cannot_be_read_stays_one(read):
    reading = read(WIDE, "a.csv", format="csv", unpivot=UNPIVOT)
    assert reading.rules == {4: "structure:columns"}


def test_batches_do_not_grow_with_the_columns(tmp_path, monkeypatch):
    monkeypatch.setattr(unpivoted, "ROWS", 10)
    path = tmp_path / "a.csv"
    path.write_text("Date,A,B,C\n" + "".join(f"{day},1,2,3\n" for day in range(100)))
    extract = FilesExtract.model_validate(
        {"connector": "files", "path": "any", "format": "csv", "unpivot": UNPIVOT, "delimiter": ","}
    )
    batches = list(open_file(path, extract).batches)
    assert max(batch.rows for batch in batches) == 9
    numbers = pl.concat([batch.frame for batch in batches])[ROW].to_list()
    assert numbers == list(range(1, 301))


@pytest.mark.parametrize(
    ("text", "why"),
    [("Day,USD\n1,2\n", "it lacks the column Date"), ("Date\n1\n", "it has no column beside those in `keep`")],
)
def test_a_table_that_cannot_be_turned_is_refused(read, text: str, why: str):
    with pytest.raises(UnreadableFile, match=why):
        read(text, "a.csv", format="csv", unpivot=UNPIVOT, delimiter=",")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"format": "camt"}, "`unpivot` is for csv, parquet and xlsx"),
        ({"unpivot": UNPIVOT | {"name": "Date"}}, "different columns"),
        ({"unpivot": UNPIVOT | {"keep": []}}, "at least 1 item"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_read(change: dict, why: str):
    said = {"connector": "files", "path": "any", "format": "csv", "unpivot": UNPIVOT}
    with pytest.raises(ValidationError, match=why):
        FilesExtract.model_validate(said | change)
