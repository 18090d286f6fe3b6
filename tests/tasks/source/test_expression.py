"""An expression sees its row, and nothing else."""

import pytest

from tasks.source.expression import parse_expression, reads_other_rows, source_columns

LOOKUPS = {"kinds": {"S": "invoice"}}


@pytest.mark.parametrize(
    ("expression", "columns"),
    [
        ("Quantity", {"Quantity"}),
        ('"Unit Price"', {"Unit Price"}),
        ('"quo""ted"', {'quo"ted'}),
        ("Été", {"Été"}),
        ("'text'", set()),
        ("_row", set()),
        ("now", {"now"}),
        ("case when a = 'x' then b else cast(c as decimal(18, 4)) end", {"a", "b", "c"}),
        ("strptime(day, '%d.%m.%Y')", {"day"}),
        ("lookup('kinds', nullif(kind, ''))", {"kind"}),
        ("row_number() over (partition by a order by _row)", {"a"}),
        ("count(*) over ()", set()),
        ("list_transform([a], x -> x + 1)", {"a"}),
    ],
)
def test_the_columns_of_an_expression(expression, columns):
    assert source_columns(parse_expression(expression, LOOKUPS)) == columns


@pytest.mark.parametrize(
    "expression",
    [
        "", "  ", "a, b", "a;", "a; drop table x", "a b c", "select 1", "*", "t.*", "columns(*)", "columns('a.*')",
        "#1", "?", "$1", "$name", "a as b", "t.a", "a from t", "a where b", "a limit 1", "a order by b", "distinct a",
        "a into t", "a union select 1", "with x as (select 1) select 1", "(select 1)", "exists (select 1)",
        "a in (select b from t)", "read_csv('x')", "read_text('/etc/passwd')", "glob('*')", "unnest([1])",
        "query('select 1')", "now()", "a.now()", '"now"()', "main.now()", "today()", "current_date",
        "localtimestamp", "current_localtimestamp()", "get_current_timestamp()", "transaction_timestamp()",
        "date_trunc('day', now())", "age(cast(a as timestamp))", "random()", "uuid()", "uuidv7()", "gen_random_uuid()",
        "setseed(1)", "nextval('s')", "getenv('HOME')", "getvariable('x')", "current_setting('x')", "current_user",
        "current_schema()", "version()", "txid_current()", "write_log('x')", "sum(a)", "a -- why", "a /* why */",
        "strptime(a, b)", "lookup('kinds')", "lookup(kinds, a)", "lookup('kind', a)", "(" * 3000 + "a" + ")" * 3000,
    ],
)  # fmt: skip
def test_what_reaches_beyond_the_row_or_is_no_expression_is_refused(expression):
    with pytest.raises(ValueError, match=r"\w"):
        parse_expression(expression, LOOKUPS)


@pytest.mark.parametrize(
    ("expression", "is_so"), [("sum(a) over ()", True), ("lag(a) over (order by _row)", True), ("a || b", False)]
)
def test_a_window_looks_at_other_rows(expression, is_so):
    assert reads_other_rows(parse_expression(expression, {})) is is_so
