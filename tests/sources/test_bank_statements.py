"""Bank statements on their way into the record: the sources as sources/README.md shows them, and the public samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.ingest import Ingestion, ingest_source
from tasks.source import SOURCES
from tasks.source.checking import load_source
from tests.tasks.conftest import NOON
from tests.tasks.extract.formats import test_bank_csv_suite, test_camt_suite, test_mt940_suite, test_ofx_suite
from tests.tasks.extract.formats.test_camt import BATCH, ITEM, balance, entry, message, statement
from tests.tasks.extract.formats.test_mt940 import MESSAGE
from warehouse.connection import connect
from warehouse.home import Home

README = (SOURCES / "README.md").read_text(encoding="utf-8")
IBAN = "DE02120300000000202051"


class Bank:
    """A bank that delivers statements to a source that the README shows."""

    def __init__(self, root: Path, name: str) -> None:
        self.home = Home(root)
        self.inbox = self.home.inbox / name
        self.inbox.mkdir(parents=True)
        self._file = root / f"{name}.yml"
        self._file.write_text(f"source: {name}\n" + README.split(f"source: {name}\n")[1].partition("```")[0], "utf-8")

    def deliver(self, name: str, content: str | bytes) -> Ingestion:
        (self.inbox / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return ingest_source(self.home, load_source(self._file), NOON)

    def rows(self, query: str) -> list[tuple]:
        with connect(self.home.warehouse, read_only=True) as connection:
            return connection.execute(query).fetchall()

    def lines(self) -> list[tuple]:
        query = "select statement_id, line_no, cast(amount as varchar), currency_code from record.bank_transactions"
        return self.rows(f"{query} order by all")

    def refused(self) -> list[tuple]:
        return self.rows("select row, rules from operations.quarantine where status = 'open' order by file, row")


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    monkeypatch.setenv("COUNTINGHOUSE_HOME", str(tmp_path))
    return Bank(tmp_path, "house_bank")


def test_a_statement_becomes_its_lines_and_a_broken_one_waits_for_a_better(bank):
    batch = BATCH.format(ITEM.format("a", "5.00", "DBIT") + ITEM.format("b", "2.00", "DBIT"))
    announced = entry("99", status="<Sts><Cd>PDNG</Cd></Sts>")
    good = statement(balance("OPBD", "10"), entry("2.50"), announced, entry("7", "DBIT", batch), balance("CLBD", "5.5"))
    bad = statement(balance("OPBD", "5.5"), entry("1"), balance("CLBD", "7"), number="S2")
    (load,) = bank.deliver("1.xml", message(good, bad)).loads
    assert (load.rows_accepted, load.rows_quarantined, load.rows_out_of_scope) == (3, 2, 3)
    first = [("S1", 1, "2.5000", "EUR"), ("S1", 2, "-5.0000", "EUR"), ("S1", 3, "-2.0000", "EUR")]
    assert bank.lines() == first
    assert bank.refused() == [(7, ["statement:balance"]), (8, ["statement:balance"])]

    mended = statement(balance("OPBD", "5.5"), entry("1.5"), balance("CLBD", "7"), number="S2")
    bank.deliver("2.xml", message(mended))
    assert bank.lines() == [*first, ("S2", 1, "1.5000", "EUR")]

    # The same number with other content is never taken for a correction.
    other = statement(balance("OPBD", "5.5"), entry("1.4"), balance("CLBD", "6.9"), number="S2")
    bank.deliver("3.xml", message(other))
    assert ["key:changed"] in [rules for _, rules in bank.refused()]
    assert bank.lines()[-1] == ("S2", 1, "1.5000", "EUR")


def test_a_line_that_breaks_the_contract_is_refused_alone(bank):
    broken = {
        "booking_date and value_date lie": entry("1").replace("2025-03-04T23:30:00-05:00", "1899-12-31T00:00:00"),
        "amount is not zero": entry("0"),
        "amount:cast": entry("0.00001"),
        "currency_code": entry("1", currency="eur"),
    }
    (load,) = bank.deliver("1.xml", message(statement(*broken.values(), entry("2")))).loads
    assert (load.rows_accepted, load.rows_quarantined) == (1, 4)
    query = "select array_to_string(list_concat(rules, reasons), ' ') from operations.quarantine order by row"
    for rule, (found,) in zip(broken, bank.rows(query), strict=True):
        assert rule in found


def test_yen_and_dinars_keep_their_decimals(bank):
    bank.deliver(
        "1.xml",
        message(statement(entry("1234", currency="JPY")), statement(entry("0.125", currency="BHD"), number="S2")),
    )
    assert bank.lines() == [("S1", 1, "1234.0000", "JPY"), ("S2", 1, "0.1250", "BHD")]


def test_the_same_statement_in_another_file_says_nothing_new(bank):
    bank.deliver("1.xml", message(statement(entry("2"))))
    (load,) = bank.deliver("2.xml", message(statement(entry("2"))) + "\n").loads
    assert (load.rows_accepted, load.rows_unchanged) == (0, 1)


def test_what_is_no_statement_holds_up_no_other(bank):
    (bank.inbox / "0.xml").write_text("<html>log in</html>")
    ingestion = bank.deliver("1.xml", message(statement(entry("2"))))
    assert [refused.name for refused in ingestion.refused] == ["0.xml"]
    assert len(bank.lines()) == 1


def test_mt940_as_the_page_shows_it(tmp_path, monkeypatch):
    monkeypatch.setenv("COUNTINGHOUSE_HOME", str(tmp_path))
    german = Bank(tmp_path, "german_bank")
    german.deliver("1.sta", MESSAGE.replace("Kari", "Åse").encode("cp1252"))
    columns = "statement_id, amount::varchar, counterparty_name, balance_after_amount::varchar"
    assert german.rows(f"select {columns} from record.bank_transactions") == [
        ("2025-03-04 4/1", "2.5000", "Åse Nordmann", "102.5000")
    ]


SAMPLES = {
    # Extracted, accepted, quarantined, out of scope; and the files that are none.
    "bank_formats_bai2": ((27, 0, 24, 3), {"sample-parseError.txt"}),
    "bank_formats_camt": ((38, 4, 20, 14), {"camt053.v2.wrong.xml"}),
    "bank_formats_mt940": ((194, 122, 28, 44), set()),
    "bank_formats_ofx": ((31, 16, 5, 10), {"signon_fail.ofx"}),
}


@pytest.fixture(scope="module")
def samples(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ingestion]]:
    home = Home(tmp_path_factory.mktemp("samples"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("COUNTINGHOUSE_REAL_DATA", str(real_data))
        yield {name: ingest_source(home, load_source(SOURCES / f"{name}.yml"), NOON) for name in SAMPLES}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_the_public_samples_is_accounted_for(samples, name):
    found, (expected, none) = samples[name], SAMPLES[name]
    counts = ("rows_extracted", "rows_accepted", "rows_quarantined", "rows_out_of_scope")
    assert tuple(sum(getattr(load, count) for load in found.loads) for count in counts) == expected
    assert {refused.name for refused in found.refused} == none
    assert found.unreachable is None


@pytest.mark.parametrize(
    ("row", "cases", "disagreeing"),
    [
        ("camt", lambda folder: len(test_camt_suite.cases(folder)), test_camt_suite.DISAGREE),
        ("mt940", lambda folder: len(test_mt940_suite.cases(folder)), test_mt940_suite.DISAGREE),
        ("ofx", lambda _: len(test_ofx_suite.LINES), test_ofx_suite.DISAGREE),
        ("csv` of banks", lambda _: len(test_bank_csv_suite.MAPPINGS), test_bank_csv_suite.DISAGREE),
    ],
)
def test_the_page_says_how_many_cases_of_each_suite_agree(real_data, row, cases, disagreeing):
    (told,) = [line for line in README.splitlines() if line.startswith(f"| `files`, `{row}")]
    count = cases(real_data)
    assert f"{count - len(disagreeing)} of {count}" in told.replace("of the", "of")
