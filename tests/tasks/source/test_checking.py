"""A source file that is wrong is told where, and what would be right."""

import pytest

from tasks.errors import SourceError
from tasks.source import SOURCES, check_sources
from tasks.source.checking import load_source


def test_a_good_source_has_no_errors_and_is_read_as_it_stands(write, tmp_path):
    source = load_source(write())
    assert source.lookups == {"kinds": {"in": "in", "NO": "out"}}
    assert check_sources(tmp_path) == []


def test_the_repositorys_own_sources_are_right():
    assert check_sources(SOURCES) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("owner: sales", "ownr: sales", 3, "'ownr' is not known here; did you mean 'owner'?"),
        ("owner: sales\n", "", 1, "owner is missing"),
        ("format: csv", "formt: csv", 4, "'formt' is not known here; did you mean 'format'?"),
        ("format: csv", "format: cvs", 4, "format is 'cvs'; it can be 'csv', 'jsonl', 'parquet', 'xlsx' or 'saft'"),
        ("connector: files", "connector: ftp", 4, "connector is 'ftp'; it can be 'files'"),
        ("format: csv", "format: csv, encoding: klingon", 4, "'klingon' is no encoding of text"),
        ("format: csv", "format: csv, encoding: rot13", 4, "'rot13' is no encoding of text"),
        ("format: csv", 'format: csv, delimiter: "::"', 4, "'::' is not one character"),
        ("format: csv", "format: csv, quote: ''", 4, "quote"),
        ("format: csv", "format: csv, skip_lines: -1", 4, "skip_lines"),
        ("format: csv", "format: csv, skip_lines: many", 4, "skip_lines"),
        ("format: csv", "format: csv, header: false", 4, "columns are named here exactly when"),
        ("format: csv", "format: csv, columns: [a]", 4, "columns are named here exactly when"),
        ("source: till", "source: tills", 1, "source is 'tills' but the file is called till.yml"),
        ("payments:", "paymnts:", 8, "there is no record 'paymnts'; did you mean 'payments'?"),
        ("    columns:", "    colums:", 9, "'colums' is not known here; did you mean 'columns'?"),
        ("amount: amount", "amont: amount", 14, "payments has no column 'amont'; did you mean 'amount'?"),
        ("      amount: amount\n", "", 9, "payments needs the column 'amount'"),
        ("      amount: amount\n", "      amount: [1, 2]\n", 14, "amount: Input should be a valid string"),
        ("      amount: amount\n", "      amount: {a: 1}\n", 14, "amount: Input should be a valid string"),
        ("      amount: amount\n", "      amount:\n", 14, "amount: Input should be a valid string"),
        ("lookup('kinds', kind)", "lookup('kind', kind)", 11, "there is no lookup 'kind'; did you mean 'kinds'?"),
        ("amount: amount", "amount: now()", 14, "would give another answer tomorrow"),
        ("amount: amount", "amount: (select 1)", 14, "reads the row's own columns, no tables"),
        ("id like 'TEST%'", "id like", 16, "is not an SQL expression"),
    ],
)
def test_each_error_names_its_line_and_what_would_be_right(write, tmp_path, old, new, line, sentence):
    file = write((old, new))
    errors = check_sources(tmp_path)
    assert any(error.startswith(f"{file}:{line}: ") and sentence in error for error in errors), errors
    with pytest.raises(SourceError):
        load_source(file)


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("Quantity * UnitPrice", "columns arrive as text: write cast(Quantity as decimal(18, 4))"),
        ('"Unit Price" + 1.5', 'columns arrive as text: write cast("Unit Price" as decimal(18, 4))'),
        ("sum(amount) over ()", "columns arrive as text: write cast(amount as decimal(18, 4))"),
        ("upperr(amount)", "upperr"),
        ("cast(amount as money)", "money"),
        ("cast(amount as double)", "is exact, but its expression is a DOUBLE: cast to decimal"),
        ("sqrt(cast(amount as decimal(18, 4)))", "is exact, but its expression is a DOUBLE: cast to decimal"),
    ],
)
def test_an_expression_that_no_row_could_satisfy_is_told_before_there_is_a_row(write, tmp_path, expression, sentence):
    file = write(("amount: amount", f"amount: '{expression}'"))
    (error,) = check_sources(tmp_path)
    assert error.startswith(f"{file}:14: amount")
    assert sentence in error


def test_an_out_of_scope_rule_is_a_condition(write, tmp_path):
    file = write(("id like 'TEST%'", "length(id)"))
    (error,) = check_sources(tmp_path)
    assert error == f"{file}:16: tests: is a condition, but its expression is a BIGINT"


def test_every_wrong_expression_is_told_at_once(write, tmp_path):
    write(("amount: amount", "amount: a * b"), ("payment_date: day", "payment_date: dya(day)"), ("like", "+"))
    assert [error.split(":")[1] for error in check_sources(tmp_path)] == ["12", "14", "16"]


def test_company_yml_is_no_source(write, tmp_path):
    write(name="company.yml")
    assert check_sources(tmp_path) == []
