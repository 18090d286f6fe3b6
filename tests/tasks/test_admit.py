"""Rows on their way from text to the store: each is accepted, out of scope, or refused with all it says."""

import json
from pathlib import Path

import polars as pl
import pytest

from tasks.admit import Admission
from tasks.extract.opening import open_file
from tasks.load import _header
from tasks.map import compile_mapping
from tasks.quarantined import Refused
from tasks.source import FilesExtract, RecordMapping, Source
from warehouse.mapper import Mapper

PRODUCT = {"product_id": "id", "product_name": "name", "list_price_amount": "price", "currency_code": "'EUR'"}


class Gate:
    """Admits one file of products."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mapper = Mapper(folder)

    def admit(self, content: bytes | str, columns: dict[str, str] = PRODUCT, form: str = "csv", **rules: str) -> None:
        path = self.folder / "a"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        extract = FilesExtract.model_validate({"connector": "files", "path": "any", "format": form})
        source = Source(
            source="till", description="Till", owner="sales", extract=extract, file=Path("till.yml"),
            records={"products": RecordMapping(columns=columns, out_of_scope=rules)},
        )  # fmt: skip
        file = open_file(path, extract)
        header = _header(file, source, "products")
        mapping = compile_mapping(source, "products", header, self.mapper.type_of)
        refused = Refused(self.folder, "batch", "till", "file", "products")
        admission = Admission(self.mapper, mapping, refused, lambda rows: None)
        frames = [frame for frame in admission.accepted(file) if frame.height]
        self.rows = pl.concat(frames) if frames else None
        self.refused = {row["row"]: row for row in refused.read().read_all().to_pylist()}
        self.tally = admission.tally
        refused.remove()

    @property
    def accepted(self) -> dict[int, str]:
        return {} if self.rows is None else dict(self.rows.select("_row", "product_id").rows())

    @property
    def rules(self) -> dict[int, list[str]]:
        return {row: refused["rules"] for row, refused in self.refused.items()}


@pytest.fixture
def gate(tmp_path: Path):
    opened = Gate(tmp_path)
    yield opened
    opened.mapper.close()


def test_a_row_is_refused_with_every_reason_and_with_what_was_sent(gate):
    gate.admit("id,name,price,extra\nP1,Lantern,1.50,x\nP2,,1_000,y\nP3\nP4,Quill,-1,z\n")
    assert gate.accepted == {1: "P1"}
    assert gate.rules == {
        2: ["list_price_amount:cast", "product_name:required"],
        3: ["structure:columns"],
        4: ["list_price_amount:greater_than_or_equal_to"],
    }
    assert json.loads(gate.refused[2]["raw"]) == {"id": "P2", "name": None, "price": "1_000", "extra": "y"}
    assert gate.refused[2]["reasons"][0] == "list_price_amount is '1_000' but must be exactly a DECIMAL(18, 4)"
    assert gate.tally.extracted == 4


def test_a_mapping_that_overflows_on_one_row_refuses_that_row_alone(gate):
    price = "cast(price as decimal(38, 0)) * cast(price as decimal(38, 0))"
    rows = "".join(f"P{row},x,{'9' * 30 if row == 77 else 2}\n" for row in range(1, 201))
    gate.admit("id,name,price\n" + rows, PRODUCT | {"list_price_amount": price})
    assert gate.rules == {77: ["mapping:error"]}
    assert len(gate.accepted) == 199


def test_what_is_out_of_scope_is_counted_by_its_first_rule_and_not_checked(gate):
    gate.admit("id,name,price\nD,,\nP1,x,1\nD,,\n", deposits="id = 'D'", nameless="name is null")
    assert (gate.accepted, gate.rules) == ({2: "P1"}, {})
    assert dict(gate.tally.out_of_scope) == {"deposits": 2}


STAGED = PRODUCT | {"product_id": "id || '-' || row_number() over (partition by id order by _row)"}


def test_a_window_sees_the_whole_file_and_refused_rows_keep_what_was_sent(gate):
    gate.admit('id,name,price,"odd ""name"\nP,x,1,a\nP,x,no,b\nQ\nP,x,3,c\n', STAGED)
    assert gate.accepted == {1: "P-1", 4: "P-3"}
    assert gate.rules == {2: ["list_price_amount:cast"], 3: ["structure:columns"]}
    assert json.loads(gate.refused[2]["raw"]) == {"id": "P", "name": "x", "price": "no", 'odd "name': "b"}


@pytest.mark.parametrize("columns", [PRODUCT, STAGED])
@pytest.mark.parametrize("rows", ["", "P1\n", "P1\nP2\n\n"])
def test_a_file_without_a_good_row_accepts_nothing(gate, columns, rows):
    gate.admit("id,name,price\n" + rows, columns)
    assert gate.accepted == {}
    assert len(gate.rules) == gate.tally.extracted == rows.count("P")


@pytest.mark.parametrize("columns", [PRODUCT, STAGED])
def test_keys_that_come_late_or_never_are_null(gate, columns):
    gate.admit('{"id": "P1", "name": "x"}\n{"id": "P2", "name": "y", "price": 2.50, "more": 7}\n', columns, "jsonl")
    assert list(gate.accepted) == [2]
    assert gate.rules == {1: ["list_price_amount:required"]}
    gate.admit('{"other": 1}\n', columns, "jsonl")
    assert list(gate.rules) == [1]
