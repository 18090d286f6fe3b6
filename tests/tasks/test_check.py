"""A refused row is told every rule that it breaks, and never shows personal data."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from schemas.records import RECORDS
from tasks.check import MASKED, Refusal, check_rows


def test_a_refusal_names_a_rule_once():
    refusal = Refusal()
    refusal.add("a:cast", "first")
    refusal.add("a:cast", "second")
    refusal.add("b:required", "third")
    assert (refusal.rules, refusal.reasons) == (["a:cast", "b:required"], ["first", "third"])
    assert refusal.without(["a:cast"]) == Refusal(["b:required"], ["third"])


def frame_of(record: str, **values: object) -> pl.DataFrame:
    columns = RECORDS[record].to_schema().columns
    return pl.DataFrame(
        {name: [values.get(name)] for name in columns}, schema={name: of.dtype.type for name, of in columns.items()}
    )


GOOD = {
    "document_id": "R1", "line_no": 1, "document_type": "invoice", "document_date": date(2025, 6, 1),
    "product_id": "mug", "quantity": Decimal(2), "unit_price_amount": Decimal("1.50"), "net_amount": Decimal(3),
    "currency_code": "EUR",
}  # fmt: skip


def test_good_rows_are_not_refused():
    assert check_rows(RECORDS["sales_lines"], frame_of("sales_lines", **GOOD)) == {}
    assert check_rows(RECORDS["sales_lines"], frame_of("sales_lines", **GOOD).clear()) == {}


def test_a_row_is_refused_by_every_rule_that_it_breaks_at_its_position():
    bad = GOOD | {"line_no": 0, "product_id": None, "net_amount": Decimal(4), "currency_code": "Euro"}
    frame = pl.concat([frame_of("sales_lines", **row) for row in (GOOD, bad, GOOD)])
    refusals = check_rows(RECORDS["sales_lines"], frame)
    assert list(refusals) == [1]
    told = dict(zip(refusals[1].rules, refusals[1].reasons, strict=True))
    assert set(told) == {
        "line_no:greater_than_or_equal_to", "product_id:required", "net_amount_adds_up", "currency_code:str_matches",
    }  # fmt: skip
    assert told["line_no:greater_than_or_equal_to"] == "line_no is '0' but must be 1 or more"
    assert told["product_id:required"] == "product_id is missing"


def test_rows_of_other_types_or_columns_are_a_fault_of_ours():
    frame = frame_of("sales_lines", **GOOD)
    for wrong in (frame.drop("note"), frame.with_columns(more=1), frame.with_columns(pl.col("line_no").cast(pl.Int64))):
        with pytest.raises(TypeError, match="not of its contract"):
            check_rows(RECORDS["sales_lines"], wrong)


def test_personal_data_is_masked_in_a_reason():
    customers = RECORDS["customers"]
    personal = [c.name for c in customers.columns() if c.personal and c.type == "VARCHAR"]
    refusals = check_rows(customers, frame_of("customers", customer_id="C1", **dict.fromkeys(personal, "\n")))
    reasons = {reason for reason in refusals[0].reasons if reason.split()[0] in personal}
    assert all(MASKED in reason or "is missing" in reason for reason in reasons)
