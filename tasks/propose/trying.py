"""Trying a proposal: what `sources check` says of it, and how many of the first rows its contract would admit."""

import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tasks.admit import Admission
from tasks.errors import SourceError, UnreadableFile
from tasks.extract.formats.text import TextBatch, TextFile
from tasks.map import compile_mapping
from tasks.propose.opening import Opened
from tasks.quarantined import Refused
from tasks.source.checking import check_sources, load_source
from warehouse.mapper import Mapper


@dataclass(frozen=True)
class Trial:
    """What became of the first rows."""

    rows: int
    admitted: int
    refused: tuple[tuple[str, int], ...]
    """The rules that refused rows, the busiest first."""
    errors: tuple[str, ...]
    """What `sources check` says is wrong; then nothing was tried."""


def try_proposal(name: str, text: str, record: str, opened: Opened, rows: pl.DataFrame) -> Trial:
    """Hold the first rows of the file to the contract, as a load would; nothing is stored."""
    with tempfile.TemporaryDirectory(prefix="countinghouse-") as folder:
        place = Path(folder)
        file = place / f"{name}.yml"
        file.write_text(text, encoding="utf-8")
        errors = tuple(error.removeprefix(f"{place}/") for error in check_sources(place))
        if errors:
            return Trial(rows.height, 0, (), errors)
        return _tried(file, record, opened, rows, place)


def _tried(file: Path, record: str, opened: Opened, rows: pl.DataFrame, place: Path) -> Trial:
    mapper = Mapper(None)
    refused = Refused(place, "proposal", file.stem, "file", record)
    try:
        mapping = compile_mapping(load_source(file), record, opened.file.header, mapper.type_of)
        admission = Admission(mapper, mapping, refused, lambda _: None)
        first = TextFile(opened.file.header, iter([TextBatch(rows)]), opened.file.has_open_columns)
        admitted = sum(frame.height for frame in admission.accepted(first))
        broken = Counter(
            rule for batch in refused.read() for rules in batch.column("rules").to_pylist() for rule in rules
        )
    except (SourceError, UnreadableFile) as error:
        return Trial(rows.height, 0, (), (str(error).removeprefix(f"{place}/"),))
    finally:
        mapper.close()
        refused.remove()
    return Trial(rows.height, admitted, tuple(broken.most_common()), ())
