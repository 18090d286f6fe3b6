"""Proves that a column's lineage names the columns it is made from, through the steps of its model."""

from warehouse.lineage import lineage
from warehouse.models import Model

TABLES = {"record.sales_lines": {"document_id": "VARCHAR", "net_amount": "DECIMAL(18,4)", "quantity": "DECIMAL(18,4)"}}


def of(sql: str) -> dict[str, list[tuple[str, str]]]:
    return lineage(Model("sales", "totals", f"-- One row is anything.\n{sql}"), TABLES)


def test_a_column_comes_through_the_steps_from_its_source():
    made = of(
        """
        with lines as (select * from record.sales_lines),
        totals as (select document_id, sum(net_amount) as total_amount, count(*) as lines_count from lines group by all)
        select * from totals
        """
    )
    assert made == {
        "document_id": [("record.sales_lines", "document_id")],
        "total_amount": [("record.sales_lines", "net_amount")],
        "lines_count": [],
    }


def test_a_column_of_two_sources_names_both_once():
    made = of("select net_amount / quantity + net_amount as odd from record.sales_lines")
    assert made == {"odd": [("record.sales_lines", "net_amount"), ("record.sales_lines", "quantity")]}


def test_a_union_comes_from_all_its_branches():
    made = of("select net_amount as x from record.sales_lines union all select quantity from record.sales_lines")
    assert made["x"] == [("record.sales_lines", "net_amount"), ("record.sales_lines", "quantity")]
