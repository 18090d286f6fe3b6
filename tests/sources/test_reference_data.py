"""Reference data: every row of the published lists is accounted for, and stands in the record as it stands there."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from tasks.ingest import Ingestion, ingest_source
from tasks.source import SOURCES
from tasks.source.checking import load_source
from warehouse.connection import connect
from warehouse.home import Home

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
NAMES = ("ecb_rates", "iso_currencies", "iso_countries", "vat_rates")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module")
def loaded(home: Home, real_data: Path) -> Iterator[dict[str, Ingestion]]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COUNTINGHOUSE_REFERENCE_DATA", str(real_data / "reference"))
        yield {name: ingest_source(home, load_source(SOURCES / f"{name}.yml"), NOON) for name in NAMES}


def counts(ingestion: Ingestion) -> tuple[int, int, int, int, int]:
    (load,) = ingestion.loads
    return (
        load.rows_extracted, load.rows_accepted, load.rows_unchanged, load.rows_quarantined, load.rows_out_of_scope,
    )  # fmt: skip


def asked(home: Home, query: str) -> list[tuple]:
    with connect(home.warehouse, read_only=True) as connection:
        return connection.execute(query).fetchall()


def raw(real_data: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(real_data / "reference" / name, infer_schema=False)


@pytest.mark.parametrize("name", NAMES)
def test_without_their_folder_they_are_skipped_and_say_so(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("COUNTINGHOUSE_REFERENCE_DATA", raising=False)
    monkeypatch.setenv("COUNTINGHOUSE_REAL_DATA", str(tmp_path))
    done = ingest_source(Home(tmp_path), load_source(SOURCES / f"{name}.yml"), NOON)
    assert done.skipped == (
        f"{name}: skipped, COUNTINGHOUSE_REFERENCE_DATA is not set; set it to the folder that holds the data"
    )


def test_every_rate_of_the_central_bank_is_there(home: Home, real_data: Path, loaded: dict[str, Ingestion]):
    wide = raw(real_data, "ecb_fx/eurofxref-hist.csv").rename({"Date": "rate_date"})
    long = wide.unpivot(index="rate_date", variable_name="currency_code", value_name="rate").filter(
        pl.col("rate").is_not_null() & (pl.col("rate") != "N/A")
    )
    extracted, accepted, unchanged, quarantined, out_of_scope = counts(loaded["ecb_rates"])
    assert (unchanged, quarantined) == (0, 0)
    assert extracted == wide.height * (wide.width - 1) == accepted + out_of_scope
    assert accepted == long.height == 217_555
    found = asked(home, "select rate_date::varchar, currency_code, rate from record.exchange_rates")
    assert {(day, code): rate for day, code, rate in found} == {
        (day, code): Decimal(rate) for day, code, rate in long.iter_rows()
    }
    assert asked(home, "select distinct base_currency_code from record.exchange_rates") == [("EUR",)]


def test_the_first_and_the_last_rates_are_those_that_were_published(home: Home, loaded: dict[str, Ingestion]):
    assert loaded
    query = "select rate from record.exchange_rates where currency_code = '{}' and rate_date = '{}'"
    assert asked(home, query.format("USD", "1999-01-04")) == [(Decimal("1.1789"),)]
    assert asked(home, query.format("USD", "2026-04-13")) == [(Decimal("1.1684"),)]
    assert asked(home, query.format("JPY", "2026-04-13")) == [(Decimal("186.75"),)]


def test_every_currency_of_the_list_is_there(home: Home, real_data: Path, loaded: dict[str, Ingestion]):
    rows = raw(real_data, "currency_codes/data/codes-all.csv")
    coded = rows.filter(pl.col("AlphabeticCode").is_not_null())
    assert counts(loaded["iso_currencies"]) == (rows.height, coded.height, 0, 0, rows.height - coded.height)
    found = Counter(code for (code,) in asked(home, "select currency_code from record.currencies"))
    assert found == Counter(coded["AlphabeticCode"])
    withdrawn = "select count(*) from record.currencies where valid_to_date is not null"
    assert asked(home, withdrawn) == [(coded["WithdrawalDate"].is_not_null().sum(),)]


def test_currencies_end_with_the_month_or_year_that_is_named(home: Home, loaded: dict[str, Ingestion]):
    assert loaded
    ended = "select currency_number, decimals_count, valid_to_date from record.currencies where currency_code = '{}'"
    assert asked(home, ended.format("DEM")) == [("276", None, date(2002, 3, 31))]
    assert asked(home, ended.format("BHD")) == [("048", 3, None)]
    assert asked(home, ended.format("XAU"))[0][1] is None
    # Two years, and a span of months.
    years = (
        "select valid_to_date from record.currencies where valid_to_date in ('1981-12-31', '1990-12-31', '1990-09-30')"
    )
    assert {day for (day,) in asked(home, years)} >= {date(1981, 12, 31), date(1990, 12, 31), date(1990, 9, 30)}


def test_every_country_is_there(home: Home, real_data: Path, loaded: dict[str, Ingestion]):
    rows = raw(real_data, "country_codes/data/country-codes.csv")
    assert counts(loaded["iso_countries"]) == (rows.height, rows.height, 0, 0, 0)
    found = asked(home, "select country_code, country_code_3, country_number::integer from record.countries")
    codes = ("ISO3166-1-Alpha-2", "ISO3166-1-Alpha-3", "ISO3166-1-numeric")
    assert sorted(found) == sorted((two, three, int(number)) for two, three, number in rows.select(codes).iter_rows())
    switzerland = "select country_number, country_name, currency_codes from record.countries where country_code = 'CH'"
    assert asked(home, switzerland) == [("756", "Switzerland", "CHF")]
    assert asked(home, "select country_number from record.countries where country_code = 'AF'") == [("004",)]


def test_every_rate_of_value_added_tax_is_there(home: Home, real_data: Path, loaded: dict[str, Ingestion]):
    rows = raw(real_data, "vat_rates/vat_rates.csv")
    assert counts(loaded["vat_rates"]) == (rows.height, rows.height, 0, 0, 0)
    found = Counter(asked(home, "select valid_from_date::varchar, rate_pct from record.vat_rates"))
    assert found == Counter((start, Decimal(rate) * 100) for start, rate in rows["start_date", "rate"].iter_rows())


def test_the_rates_of_a_country_follow_each_other_without_a_gap(home: Home, loaded: dict[str, Ingestion]):
    assert loaded
    german = asked(
        home,
        """
        select rate_pct, valid_from_date, valid_to_date from record.vat_rates
        where country_code = 'DE' and valid_from_date >= '2007-01-01' order by valid_from_date
        """,
    )
    assert german == [
        (Decimal(19), date(2007, 1, 1), date(2020, 6, 30)),
        (Decimal(16), date(2020, 7, 1), date(2020, 12, 31)),
        (Decimal(19), date(2021, 1, 1), None),
    ]
    parts = asked(
        home, "select territory_codes, country_code from record.vat_rates where territory_codes like 'FR%,MC'"
    )
    assert set(parts) == {("FR,MC", "FR")}


def test_every_currency_with_a_rate_is_one_of_the_list(home: Home, loaded: dict[str, Ingestion]):
    assert loaded
    unknown = """
    select distinct currency_code from record.exchange_rates
    where currency_code not in (select currency_code from record.currencies)
    """
    assert asked(home, unknown) == []
