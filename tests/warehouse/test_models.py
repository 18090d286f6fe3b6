"""Proves that models are ordered by what they read, and that one that cannot be run is named."""

import pytest

from warehouse.models import Model, ModelError, order_models, read_models


def model(name: str, *reads: str) -> Model:
    schema, table = name.split(".")
    steps = " union all ".join(f"select * from {read}" for read in reads or ["record.sales_lines"])
    return Model(schema, table, f"-- One row is anything.\n{steps}\n")


def test_a_model_comes_after_all_that_it_reads():
    models = [model("a.last", "b.middle", "c.first"), model("b.middle", "c.first"), model("c.first")]
    assert [each.name for each in order_models(models, ["record.sales_lines"])] == ["c.first", "b.middle", "a.last"]


def test_a_table_lies_in_the_order_of_all_its_columns_or_of_those_that_its_comment_names():
    assert model("a.table").order == "all"
    named = Model("a", "b", "-- One row is a line. In the order of entry_no, line_no.\nselect 1")
    assert named.order == "entry_no, line_no"


def test_a_circle_is_named():
    models = [model("a.hen", "b.egg"), model("b.egg", "c.nest"), model("c.nest", "a.hen"), model("d.cock")]
    with pytest.raises(ModelError, match=r"in a circle: .*a\.hen reads b\.egg reads c\.nest") as error:
        order_models(models, ["record.sales_lines"])
    assert "d.cock" not in str(error.value)


def test_a_model_that_reads_itself_is_a_circle():
    with pytest.raises(ModelError, match=r"circle: a\.snake reads a\.snake"):
        order_models([model("a.snake", "a.snake")], [])


def test_an_unknown_table_is_named_with_its_file_and_the_nearest_right_one():
    with pytest.raises(ModelError) as error:
        order_models([model("sales.by_day", "record.sale_lines")], ["record.sales_lines", "record.tickets"])
    expected = "warehouse/models/sales/by_day.sql: there is no record.sale_lines; did you mean record.sales_lines?"
    assert str(error.value) == expected


def test_a_name_without_a_schema_is_unknown_unless_it_is_a_step():
    steps = Model("a", "b", "-- One row is anything.\nwith step as (select 1 as x) select * from step")
    assert steps.references == frozenset()
    with pytest.raises(ModelError, match=r"a/c\.sql: there is no stepp"):
        order_models([Model("a", "c", steps.sql.replace("from step", "from stepp"))], [])


def test_references_inside_conditions_are_seen():
    conditions = "exists (from a.b) and 1 in (select y from c.d) and (select max(z) from e.f) > 1"
    assert Model("q", "r", f"-- One row is x.\nselect 1 as x where {conditions}").references == {"a.b", "c.d", "e.f"}


def test_sql_that_is_none_is_named_with_file_and_line():
    with pytest.raises(ModelError, match=r"warehouse/models/a/b\.sql:2: "):
        _ = Model("a", "b", "-- One row is x.\nselect from where (").query


def test_a_model_is_one_select():
    with pytest.raises(ModelError, match="a model is one select"):
        _ = Model("a", "b", "-- One row is x.\ndrop table a.b").query


def test_the_comment_on_top_is_the_grain():
    commented = Model("a", "b", "-- One row is a day,\n-- and no more.\nselect 1 -- later\n")
    assert commented.grain == "One row is a day, and no more."
    with pytest.raises(ModelError, match=r"a/b\.sql:1: begin with a comment"):
        _ = Model("a", "b", "select 1").grain


def test_the_models_of_the_house_can_be_ordered():
    given = {
        reference for each in read_models() for reference in each.references
        if reference.startswith(("record.", "operations.", "store."))
    }  # fmt: skip
    ordered = [each.name for each in order_models(read_models(), given)]
    assert ordered.index("core.allocations") < ordered.index("core.open_documents")
    assert ordered.index("core.open_documents") < ordered.index("finance.receivables_ageing")
    assert len(ordered) == len(read_models())
