"""Text becomes a value exactly, or is refused: nothing is rounded, guessed or lost unseen."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tasks.extract.formats.text import ROW
from tasks.map import UNTYPED, compile_mapping
from tasks.source import FilesExtract, RecordMapping, Source
from warehouse.mapper import Mapper


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    """What a column of sales_lines makes of texts: the values, and REFUSED."""
    mapper = Mapper(tmp_path_factory.mktemp("scratch"))
    compiled = {}

    def values(column: str, texts: list[str | None], expression: str = "v", lookups=None) -> list[object]:
        key = (column, expression)
        if key not in compiled:
            source = Source(
                source="till", description="Till", owner="sales", file=Path("till.yml"),
                extract=FilesExtract(connector="files", path="any", format="csv"), lookups=lookups or {},
                records={"sales_lines": RecordMapping(columns={column: expression})},
            )  # fmt: skip
            compiled[key] = compile_mapping(source, "sales_lines", ["v"], mapper.type_of)
        rows = pl.DataFrame({"v": texts, ROW: range(1, len(texts) + 1)}, schema={"v": pl.String, ROW: pl.Int64})
        mapped = pl.DataFrame(pl.from_arrow(mapper.map(rows.to_arrow(), compiled[key].sql)))
        found = zip(mapped[column], mapped[UNTYPED], strict=True)
        return ["REFUSED" if untyped is not None else value for value, untyped in found]

    yield values
    mapper.close()


NO_NUMBERS = [
    "1e3", "1E3", "1e-7", "1_000", "1_0.5", "0x10", "0XFF", "0b11", "NaN", "Infinity", "-inf", "١٢", "1,5", "-", "--5",
    "(5)", "5-", "5%", "1 000", "1\u00a0000", "5\0", "x", "0o17",
]  # fmt: skip


@pytest.mark.parametrize("column", ["line_no", "quantity"])
def test_what_is_no_plain_number_is_refused(cast, column):
    assert cast(column, NO_NUMBERS) == ["REFUSED"] * len(NO_NUMBERS)


def test_an_integer_is_never_rounded_and_never_too_large(cast):
    texts = ["1", "+5", "-0", "00012", " 12 ", "12\n", "1.0", "5.", None, "1.5", ".5", "2147483648", "1.23"]
    assert cast("line_no", texts) == [1, 5, 0, 12, 12, 12, 1, 5, None] + ["REFUSED"] * 4


def test_an_amount_keeps_four_decimals_and_no_more(cast):
    texts = ["1.10", "1.10000", "-12345678901234.5678", ".5", "5.", "1.23456", "123456789012345", "0.00001"]
    amounts = [Decimal("1.10"), Decimal("1.10"), Decimal("-12345678901234.5678"), Decimal("0.5"), Decimal(5)]
    assert cast("quantity", texts) == amounts + ["REFUSED"] * 3


PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")


@given(st.lists(st.text("0123456789.+-eE_x ", min_size=1, max_size=12) | st.decimals(places=6).map(str), min_size=1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(["1_000", "1e3", "0x10", "1.00001", "99999999999999.99995", "99999999999999.9999"])
def test_any_text_is_stored_exactly_or_refused(cast, texts):
    for column, exponent in (("quantity", -4), ("line_no", 0)):
        for text, value in zip(texts, cast(column, texts), strict=True):
            if value != "REFUSED":
                assert PLAIN.fullmatch(text.strip()), text
                assert Decimal(str(value)) == Decimal(text.strip())
            elif PLAIN.fullmatch(text.strip()):
                exact = Decimal(text.strip())
                is_rounded = exact != exact.quantize(Decimal(1).scaleb(exponent)) if abs(exact) < 10**14 else True
                assert is_rounded or (column == "line_no" and abs(exact) >= 2**31), text


@given(st.decimals(-(10**13), 10**13, places=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_amount_that_fits_is_taken(cast, amount):
    assert cast("quantity", [f"{amount:f}"]) == [amount]


def test_a_day_is_a_day_of_the_calendar_in_four_digits(cast):
    texts = ["2024-02-29", "2024-2-9", "2024/02/29", "2024-02-29 00:00:00", "2024-02-29T00:00", None]
    day, ninth = dt.date(2024, 2, 29), dt.date(2024, 2, 9)
    assert cast("document_date", texts) == [day, ninth, day, day, day, None]


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-30", "20240101", "24-1-1", "0024-01-01", "infinity", "-infinity", "inf", "epoch", "today", "now",
        "2024-01-01 10:00", "2024-01-01 BC", "2024-01-01 (BC)", "-2024-01-01", "99999-01-01", "2024-01-01x",
        "2024-01-01T00:00:00Z", "2024-01-01 00:00:00+05", "2024-1", "01.02.2024", "x",
    ],
)  # fmt: skip
def test_no_other_text_is_a_day(cast, text):
    assert cast("document_date", [text]) == ["REFUSED"]


def test_a_moment_is_in_utc_unless_it_says_otherwise(cast):
    ten = dt.datetime(2024, 7, 1, 10, tzinfo=dt.UTC)
    texts = {
        "2024-07-01 10:00:00": ten,
        "2024-07-01T10:00:00": ten,
        "2024-07-01 10:00:00Z": ten,
        "2024-07-01 10:00:00 UTC": ten,
        "2024-07-01 12:00:00+02": ten,
        "2024-07-01T04:30:00-0530": ten,
        "2024-07-01 10:00": ten,
        "2024-07-01 10:00:00.000005000": ten.replace(microsecond=5),
        "2024-07-01": ten.replace(hour=0),
    }
    assert cast("ordered_at", [*texts, None]) == [*texts.values(), None]


NO_MOMENTS = [
    "infinity", "epoch", "24-07-01 10:00:00", "2024-06-30 23:59:60", "2024-07-01 25:00:00", "2024-07-01 10:00:00 CEST",
    "2024-07-01 10:00:00.0000001", "1719828000", "2024-07-01 10:00:00 Mars/Base",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_no_other_text_is_a_moment(cast, text):
    assert cast("ordered_at", [text]) == ["REFUSED"]


def test_the_zone_that_one_row_names_moves_no_other_row(cast):
    texts = ["2024-07-01 10:00", "2024-07-01 10:00:00 America/Argentina/Buenos_Aires", "2024-07-01 10:00"]
    ten = dt.datetime(2024, 7, 1, 10, tzinfo=dt.UTC)
    assert cast("ordered_at", texts) == [ten, "REFUSED", ten]


def test_local_time_is_refused_where_it_says_its_own_offset(cast):
    expression = "cast(v as timestamp) at time zone 'Europe/Berlin'"
    texts = ["2024-07-01 12:00:00", "2024-07-01 12:00:00+02", "2024-07-01 12:00:00Z", "infinity", None]
    ten = dt.datetime(2024, 7, 1, 10, tzinfo=dt.UTC)
    assert cast("ordered_at", texts, expression) == [ten, "REFUSED", "REFUSED", "REFUSED", None]


def test_strptime_reads_its_format_alone(cast):
    texts = ["01.02.2024", "1.2.2024", None, "01.02.24", "31.02.2024", "infinity", "epoch", "01.02.2024 x", "x"]
    day = dt.date(2024, 2, 1)
    assert cast("document_date", texts, "strptime(v, '%d.%m.%Y')") == [day, day, None] + ["REFUSED"] * 6


@pytest.mark.parametrize(
    ("column", "expression", "given_texts", "values"),
    [
        ("quantity", "cast(v as decimal)", ["1.5", "1.2345"], [Decimal("1.5"), "REFUSED"]),
        ("quantity", "cast(v as decimal(18, 2))", ["1.25", "1.255"], [Decimal("1.25"), "REFUSED"]),
        ("quantity", "v::smallint", ["5", "40000", "5.5"], [Decimal(5), "REFUSED", "REFUSED"]),
        ("line_no", "cast(cast(v as decimal(18, 4)) * 2 as integer)", ["1.5", "1.2", None], [3, "REFUSED", None]),
        ("line_no", "cast(cast(v as integer) as integer)", ["1", "x"], [1, "REFUSED"]),
        ("line_no", "cast(v = 'a' as integer)", ["a", "b"], [1, 0]),
        ("line_no", "coalesce(cast(v as integer), 7)", [None, "1", "x"], [7, 1, "REFUSED"]),
        ("quantity", "coalesce(cast(v as integer), 7)", [None, "1", "x"], [Decimal(7), Decimal(1), "REFUSED"]),
        ("line_no", "cast(v as double)", ["2", "2.5"], [2, "REFUSED"]),
        ("description", "upper(trim(v))", [" x ", "  ", None], ["X", None, None]),
        ("line_no", "case v when 'one' then 1 when 'two' then 2 end", ["one", "two", "three"], [1, 2, None]),
    ],
)
def test_casts_nest_and_stay_exact(cast, column, expression, given_texts, values):
    assert cast(column, given_texts, expression) == values


def test_a_value_that_a_lookup_does_not_know_is_refused(cast):
    lookups = {"kinds": {"S": "T", "T": "it's", 'a"b': "ok"}}
    texts = ["S", "T", 'a"b', None, "s", "X'; drop table x; --"]
    assert cast("description", texts, "lookup('kinds', v)", lookups) == ["T", "it's", "ok", None, "REFUSED", "REFUSED"]
    nested = cast("note", ["S", "T"], "lookup('kinds', lookup('kinds', v))", lookups)
    assert nested == ["it's", "REFUSED"]
