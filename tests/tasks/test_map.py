"""A mapping is compiled for the columns that a file really has, whatever they are called."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.errors import SourceError, UnreadableFile
from tasks.extract.formats.text import ROW
from tasks.map import SCOPE, UNTYPED, Mapping, compile_mapping
from tasks.source import FilesExtract, RecordMapping, Source
from warehouse.mapper import Mapper, MappingFailed
from warehouse.tables import identifier


@pytest.fixture(scope="module")
def mapper(tmp_path_factory):
    opened = Mapper(tmp_path_factory.mktemp("scratch"))
    yield opened
    opened.close()


def source_of(columns: dict[str, str], out_of_scope: dict[str, str] | None = None) -> Source:
    extract = FilesExtract(connector="files", path="any", format="csv")
    mapping = RecordMapping(columns=columns, out_of_scope=out_of_scope or {})
    return Source(
        source="till", description="Till", owner="sales", extract=extract, records={"products": mapping},
        file=Path("sources/till.yml"),
    )  # fmt: skip


def mapped(mapper: Mapper, mapping: Mapping, rows: dict[str, list[str | None]]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows, pl.String)).with_row_index(ROW, 1).cast({ROW: pl.Int64})
    table = frame.select(*mapping.needs, ROW).to_arrow()
    typed = pl.DataFrame(pl.from_arrow(mapper.map(table, mapping.sql)))
    return typed.hstack(frame.select(pl.col(of).alias(name) for name, of in mapping.passed.items()))


NAMES = ["_step_1", "_step_1_lost", "__step_1", "product_id", "select", "a b", 'quo"ted', "Été",
         "';drop table x;--", "_scope",
         "source_rows", "a\nb", "\\", "{text}", "{utc}", "%s", "ÅNGSTRÖM", "日本"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_column_may_have_any_name(mapper, name):
    expression = f"cast({identifier(name)} as decimal(18, 4)) * 2"
    source = source_of(
        {"list_price_amount": expression, "product_id": identifier(name), "cost_amount": identifier(name)}
    )
    mapping = compile_mapping(source, "products", [name, "other"], mapper.type_of)
    rows = mapped(mapper, mapping, {name: ["1.5", "x"], "other": ["", ""]})
    assert rows["product_id"].to_list() == ["1.5", "x"]
    assert [str(value) for value in rows["list_price_amount"]] == ["3.0000", "None"]
    assert rows[UNTYPED].to_list() == [None, ["list_price_amount", "cost_amount"]]


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12).map(str.strip).filter(bool)
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_is_ever_run_as_sql(mapper, name):
    if name.lower() != ROW:
        mapping = compile_mapping(source_of({"cost_amount": identifier(name)}), "products", [name], mapper.type_of)
        assert mapped(mapper, mapping, {name: ["7"]})["cost_amount"].to_list() == [7]


def test_a_column_that_is_needed_and_not_there_is_named_with_what_is_there(mapper):
    with pytest.raises(UnreadableFile, match=r"it lacks the column Price, which .* its header is: price, id"):
        compile_mapping(source_of({"cost_amount": "Price"}), "products", ["price", "id"], mapper.type_of)


def test_names_that_differ_only_in_capitals_are_refused_only_where_both_are_needed(mapper):
    source = source_of({"cost_amount": "Price", "product_id": "price"})
    with pytest.raises(UnreadableFile, match="differ only in capitals"):
        compile_mapping(source, "products", ["Price", "price"], mapper.type_of)
    mapping = compile_mapping(source_of({"cost_amount": "Price"}), "products", ["Price", "price"], mapper.type_of)
    assert mapped(mapper, mapping, {"Price": ["1"], "price": ["2"]})["cost_amount"].to_list() == [1]


def test_a_record_column_named_as_a_source_column_does_not_shadow_it(mapper):
    source = source_of({"list_price_amount": "cast(cost_amount as decimal(18, 4))", "cost_amount": "list_price_amount"})
    mapping = compile_mapping(source, "products", ["cost_amount", "list_price_amount"], mapper.type_of)
    rows = mapped(mapper, mapping, {"cost_amount": ["1"], "list_price_amount": ["2"]})
    assert (rows["list_price_amount"][0], rows["cost_amount"][0]) == (1, 2)


def test_the_first_rule_that_is_met_puts_a_row_out_of_scope(mapper):
    rules = {"deposits": "id = 'D'", "services": "id like 'D%' or id like 'S%'"}
    mapping = compile_mapping(source_of({"product_id": "id"}, rules), "products", ["id"], mapper.type_of)
    assert mapped(mapper, mapping, {"id": ["D", "D2", "S", "P", None]})[SCOPE].to_list() == [1, 2, 2, 0, 0]
    assert mapping.scope_rules == ("deposits", "services")


def test_text_that_stands_as_it_is_needs_no_sql(mapper):
    mapping = compile_mapping(
        source_of({"product_id": "id", "category": "trim(id)"}), "products", ["id"], mapper.type_of
    )
    assert mapping.passed == {"product_id": "id"}


def test_a_window_needs_the_whole_file(mapper):
    source = source_of({"product_id": "max(id) over ()"})
    assert compile_mapping(source, "products", ["id"], mapper.type_of).is_staged


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("id * price", r"write cast\(id as decimal\(18, 4\)\)"),
        ("cast(id as double)", "is exact, but its expression is a DOUBLE"),
        ("no_such_function(id)", "no_such_function"),
    ],
)
def test_an_expression_that_cannot_be_evaluated_names_file_and_column(mapper, expression, sentence):
    with pytest.raises(SourceError, match=f"sources/till.yml: products.cost_amount: .*{sentence}"):
        compile_mapping(source_of({"cost_amount": expression}), "products", ["id", "price"], mapper.type_of)


def test_what_no_decimal_can_hold_fails_the_mapping_of_its_batch(mapper):
    product = "cast(id as decimal(38, 0)) * cast(id as decimal(38, 0))"
    mapping = compile_mapping(source_of({"cost_amount": product}), "products", ["id"], mapper.type_of)
    assert mapped(mapper, mapping, {"id": ["3"]})["cost_amount"].to_list() == [9]
    with pytest.raises(MappingFailed):
        mapped(mapper, mapping, {"id": ["3", "9" * 38]})


def test_a_mapping_reaches_no_file_of_the_machine(mapper, tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(MappingFailed, match="disabled"):
        mapper.map(pl.DataFrame({ROW: [1]}).to_arrow(), f"select * from read_csv('{tmp_path / 'secret.csv'}')")
