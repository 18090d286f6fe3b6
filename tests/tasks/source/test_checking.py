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
        ("format: csv", "format: cvs", 4, "format is 'cvs'; it can be 'csv', 'jsonl', 'parquet', 'xlsx', "),
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


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("connector: database", "connector: databse", 5, "connector is 'databse'; it can be 'files', 'database'"),
        ("  connector: database\n", "", 4, "extract.connector is missing; it can be 'files', 'database'"),
        ("system: postgresql", "system: oracle", 6, "system is 'oracle'; it can be 'postgresql', 'mysql' or 'sqlite'"),
        ("system: postgresql", "systm: postgresql", 6, "'systm' is not known here; did you mean 'system'?"),
        ("overlap: 2", "overlp: 2", 14, "'overlp' is not known here; did you mean 'overlap'?"),
        ("table: public", "tabel: public", 13, "'tabel' is not known here; did you mean 'table'?"),
        ("key: [id]", "keys: [id]", 15, "'keys' is not known here; did you mean 'key'?"),
        ("key: [id]", 'key: ["id; drop table takings"]', 15, "should match pattern"),
        ("public.takings", '"takings; drop table takings"', 13, "should match pattern"),
        ("2 days", "some days", 14, "'some days' is no overlap"),
        ("2 days", "1.5", 14, "'1.5' is no overlap"),
        ("2 days", "999999999 weeks", 14, "999999999 weeks are longer than any calendar"),
        ("column: changed_at, ", "", 14, "extract.tables.takings.cursor.column is missing"),
        ("key: [id]", "deletes: true", 12, "say which columns are the `key`"),
        ("      table: public.takings\n", "", 12, "say either `table` or `query`"),
        ("host:", "path: shop.db\n  host:", 4, "has `host`, `database` and `user`, and no path"),
        ("system: postgresql", "system: sqlite", 4, "an SQLite database has a `path`"),
    ],
)
def test_an_error_deep_in_an_extract_names_its_line_and_what_would_be_right(
    write_database, tmp_path, old, new, line, sentence
):
    file = write_database((old, new))
    errors = check_sources(tmp_path)
    assert any(error.startswith(f"{file}:{line}: ") and sentence in error for error in errors), errors


def test_a_good_database_has_no_errors(write_database, tmp_path):
    write_database()
    assert check_sources(tmp_path) == []


def test_a_secret_that_is_written_into_the_file_is_refused_and_not_repeated(write_database, tmp_path):
    file = write_database(('"${SHOP_PASSWORD}"', "hunter2"))
    (error,) = check_sources(tmp_path)
    assert error.startswith(f"{file}:10: password: a secret is not written here")
    assert "hunter2" not in error
