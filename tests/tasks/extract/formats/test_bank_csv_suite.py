"""Bank CSVs held against the public suite of csv2ofx: each bank's mapping, and the OFX or QIF expected of it."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import yaml

from tasks.ingest import ingest_source
from tasks.source.checking import load_source
from tests.tasks.conftest import NOON
from warehouse.connection import connect
from warehouse.home import Home

SUITE = "formats/bankcsv_csv2ofx/data"

MAPPINGS = yaml.safe_load(Path(__file__).with_name("bank_csvs.yml").read_text(encoding="utf-8"))

EXPECTED = {
    "creditunion": "creditunion.qif",
    "n26-fr": "n26.ofx",
    "mint_headerless": "mint.ofx",
}
"""The expected file of a case, where it is not called as the case."""

DISAGREE = {
    "ingesp": "the expected file reads 08/04/2022 as the 4th of August; the bank is Spanish, its days come first",
}
"""Cases that do not come to the same, and why."""


def source_of(name):
    return name.replace("-", "_")


def described(name):
    told = MAPPINGS[name]
    columns = {
        "bank_account_id": f"'{name}'", "statement_id": "cast(_row as varchar)", "line_no": "'1'",
        "currency_code": f"'{told.get('currency', 'USD')}'",
    } | told["columns"]  # fmt: skip
    # Some cases are the same statement in another dress, which a company would have once.
    columns["statement_id"] = f"'{list(MAPPINGS).index(name)} ' || {columns['statement_id']}"
    extract = {
        "connector": "files",
        "path": "${COUNTINGHOUSE_REAL_DATA}/" + f"{SUITE}/test/{name}.csv",
        "format": "csv",
    }
    extract |= {"encoding": told["encoding"]} if "encoding" in told else {}
    extract |= {"header": "false", "columns": told["header"]} if "header" in told else {}
    about = {"source": source_of(name), "description": "A bank", "owner": "accounting", "extract": extract}
    return yaml.safe_dump(about | {"records": {"bank_transactions": {"columns": columns}}}, allow_unicode=True)


@pytest.fixture(scope="module")
def lines(real_data, tmp_path_factory):
    """Day and amount of every line that each mapping gives, all of them in one warehouse."""
    root = tmp_path_factory.mktemp("banks")
    home = Home(root / "home")
    present = [name for name in MAPPINGS if (real_data / SUITE / "test" / f"{name}.csv").exists()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COUNTINGHOUSE_REAL_DATA", str(real_data))
        for name in present:
            file = root / f"{source_of(name)}.yml"
            file.write_text(described(name), encoding="utf-8")
            (load,) = ingest_source(home, load_source(file), NOON).loads
            assert load.rows_extracted == load.rows_accepted, load
    with connect(home.warehouse, read_only=True) as connection:
        query = "select _source, booking_date, amount from record.bank_transactions order by all"
        frame = pl.DataFrame(pl.from_arrow(connection.execute(query).to_arrow_table()))
    found = {name: [] for name in present}
    for name in present:
        own = frame.filter(pl.col("_source") == source_of(name))
        found[name] = [(day.isoformat(), amount) for _, day, amount in own.iter_rows()]
    return found


def expected_lines(path, read_rows):
    if path.suffix == ".qif":
        return sorted(qif_lines(path.read_text(encoding="utf-8").splitlines()))
    rows = read_rows(path, format="ofx")
    return sorted((row["booking_date"], Decimal(row["amount"])) for row in rows if row["part"] == "entry")


def qif_lines(lines):
    day = ""
    for line in lines:
        if line.startswith("D"):
            month, day_of_month, year = line[1:].split("/")
            day = f"{year}-{month}-{day_of_month}"
        elif line.startswith("T") and line[1:2] in "-0123456789":
            yield day, Decimal(line[1:])


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_banks_csv_comes_to_what_is_expected_of_it(real_data, read_rows, lines, name):
    expected = real_data / SUITE / "converted" / EXPECTED.get(name, f"{name}.ofx")
    if name not in lines or not expected.exists():
        pytest.skip(f"{name} is not in this half of the suite")
    assert (lines[name] == expected_lines(expected, read_rows)) == (name not in DISAGREE)
