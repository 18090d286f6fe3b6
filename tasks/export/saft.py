"""The ledger as SAF-T Financial, Norway 1.30: the standard audit file that a tax office takes."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import TextIO

from tasks.errors import UsageError
from tasks.export.books import NOTHING, Account, Books, Entry, Line, PartyBalance
from tasks.export.checks import Tally
from tasks.export.saft_grouping import grouping
from tasks.export.saft_tax import standard_code
from tasks.export.saft_xml import CODE, MIDDLE, NAME, SHORT, Xml, fitted, money
from tasks.export.writing import Request, amount_text, is_foreign, titled
from tasks.extract.formats.saft import read_saft
from tasks.extract.formats.text import TextBatch

NAMESPACE = "urn:StandardAuditFile-Taxation-Financial:NO"
VERSION = "1.30"

PARTIES = (("receivables", "customer", "Customer"), ("payables", "supplier", "Supplier"))
"""The role of the account, the kind of party, and what the standard calls it."""

TAX_ACCOUNTS = ("output_tax", "input_tax")


def file_name(_: Books, request: Request) -> str:
    """As the Norwegian tax office names such files: the organisation number and when it was made."""
    return f"SAF-T Financial_{_registration_number(request)}_{request.created_on:%Y%m%d}000000.xml"


def write(books: Books, entries: Iterable[Entry], stream: TextIO, request: Request) -> None:
    """Write the file: header, accounts, customers, suppliers and tax codes with their balances, entries by journal.

    Raises UsageError without an organisation number, ExportRefused when an amount divides the cent.
    """
    xml = Xml(stream)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<AuditFile xmlns="{NAMESPACE}">\n')
    _header(xml, books, request)
    with xml.within("MasterFiles"):
        _accounts(xml, books)
        for role, kind, name in PARTIES:
            _parties(xml, books, role, kind, name)
        _tax_table(xml, books)
    with xml.within("GeneralLedgerEntries"):
        xml.put("NumberOfEntries", str(books.totals.entries_count))
        xml.put("TotalDebit", money(books.totals.debit_amount, "the total of debits"))
        xml.put("TotalCredit", money(books.totals.credit_amount, "the total of credits"))
        for journal, own in groupby(entries, key=lambda entry: entry.journal):
            with xml.within("Journal"):
                xml.put("JournalID", journal, SHORT)
                xml.put("Description", journal)
                xml.put("Type", journal.upper(), CODE)
                for entry in own:
                    _transaction(xml, books, entry)
    stream.write("</AuditFile>\n")


def _registration_number(request: Request) -> str:
    if not request.registration_number:
        raise UsageError("SAF-T names the company by its organisation number: give it with --registration-number")
    return request.registration_number


def _header(xml: Xml, books: Books, request: Request) -> None:
    with xml.within("Header"):
        xml.put("AuditFileVersion", VERSION)
        xml.put("AuditFileCountry", "NO")
        xml.put("AuditFileDateCreated", request.created_on.isoformat())
        xml.put("SoftwareCompanyName", "Countinghouse")
        xml.put("SoftwareID", "countinghouse")
        xml.put("SoftwareVersion", request.software_version, SHORT)
        with xml.within("Company"):
            xml.put("RegistrationNumber", _registration_number(request), MIDDLE)
            xml.put("Name", books.company)
            with xml.within("Contact"), xml.within("ContactPerson"):
                # The standard's word where a name is not divided into parts.
                xml.put("FirstName", "NotUsed")
                xml.put("LastName", books.company, NAME)
        xml.put("DefaultCurrencyCode", books.currency_code)
        with xml.within("SelectionCriteria"):
            xml.put("SelectionStartDate", books.first.isoformat())
            xml.put("SelectionEndDate", books.last.isoformat())
        xml.put("HeaderComment", f"publication {books.publication_id}")
        xml.put("TaxAccountingBasis", "A")


def _accounts(xml: Xml, books: Books) -> None:
    with xml.within("GeneralLedgerAccounts"):
        for account in books.accounts.values():
            category, code = grouping(account)
            with xml.within("Account"):
                xml.put("AccountID", account.account_code, NAME)
                xml.put("AccountDescription", account.account_name)
                xml.put("GroupingCategory", category)
                xml.put("GroupingCode", code)
                xml.put("AccountType", "GL")
                _balances(xml, account)


def _balances(xml: Xml, of: Account | PartyBalance) -> None:
    for when, amount in (("Opening", of.opening_balance), ("Closing", of.closing_balance)):
        side = "Credit" if amount < 0 else "Debit"
        xml.put(f"{when}{side}Balance", money(abs(amount), f"the {when.lower()} balance of {of.account_code}"))


def _parties(xml: Xml, books: Books, role: str, kind: str, name: str) -> None:
    own = [one for one in books.party_balances if books.accounts[one.account_code].role == role]
    if not own:
        return
    with xml.within(f"{name}s"):
        for party_id, balances in groupby(sorted(own, key=_by_party), key=lambda one: one.party_id):
            with xml.within(name):
                xml.put("Name", books.parties.get((kind, party_id), party_id))
                xml.put(f"{name}ID", fitted(party_id, MIDDLE))
                for balance in balances:
                    with xml.within("BalanceAccount"):
                        xml.put("AccountID", balance.account_code, NAME)
                        _balances(xml, balance)


def _by_party(balance: PartyBalance) -> tuple[str, str]:
    return balance.party_id, balance.account_code


def _tax_table(xml: Xml, books: Books) -> None:
    if not books.tax_codes:
        return
    with xml.within("TaxTable"), xml.within("TaxTableEntry"):
        xml.put("TaxType", "MVA")
        xml.put("Description", "Merverdiavgift")
        for code in books.tax_codes:
            with xml.within("TaxCodeDetails"):
                xml.put("TaxCode", code["tax_code"], NAME)
                xml.put("EffectiveDate", code["valid_from_date"].isoformat())
                if code["valid_to_date"]:
                    xml.put("ExpirationDate", code["valid_to_date"].isoformat())
                xml.put("Description", code["tax_name"])
                xml.put("TaxPercentage", amount_text(code["rate_pct"]))
                xml.put("Country", "NO")
                xml.put("StandardTaxCode", standard_code(code))
                xml.put("BaseRate", "100")


def _transaction(xml: Xml, books: Books, entry: Entry) -> None:
    taxed = {line.tax_code for line in entry.lines if books.accounts[line.account_code].role not in TAX_ACCOUNTS}
    with xml.within("Transaction"):
        xml.put("TransactionID", str(entry.entry_no))
        xml.put("Period", str(entry.entry_date.month))
        xml.put("PeriodYear", str(entry.entry_date.year))
        xml.put("TransactionDate", entry.entry_date.isoformat())
        xml.put("VoucherType", entry.document_kind, NAME)
        xml.put("Description", titled(entry))
        xml.put("SystemEntryDate", entry.recorded_date.isoformat())
        xml.put("GLPostingDate", entry.recorded_date.isoformat())
        xml.put("SystemID", str(entry.entry_no), SHORT)
        for line in entry.lines:
            _line(xml, books, entry, line, taxed)


def _line(xml: Xml, books: Books, entry: Entry, line: Line, taxed: set[str | None]) -> None:
    where = f"entry {entry.entry_no} line {line.line_no}"
    account = books.accounts[line.account_code]
    with xml.within("Line"):
        xml.put("RecordID", str(line.line_no))
        xml.put("AccountID", line.account_code, NAME)
        if line.document_id:
            xml.put("SourceDocumentID", fitted(line.document_id, MIDDLE))
        for role, _, name in PARTIES:
            if line.party_id and account.role == role:
                xml.put(f"{name}ID", fitted(line.party_id, MIDDLE))
        xml.put("Description", line.description or titled(entry))
        with xml.within("CreditAmount" if line.amount < 0 else "DebitAmount"):
            xml.put("Amount", money(abs(line.amount), where))
            if is_foreign(books, line):
                _foreign(xml, line, where)
        if line.tax_code:
            _tax(xml, books, entry, line, taxed, where)


def _foreign(xml: Xml, line: Line, where: str) -> None:
    assert line.currency_amount is not None
    xml.put("CurrencyCode", line.currency_code)
    xml.put("CurrencyAmount", money(abs(line.currency_amount), where))
    if line.currency_amount:
        xml.put("ExchangeRate", f"{abs(line.amount / line.currency_amount):.8f}")


def _tax(xml: Xml, books: Books, entry: Entry, line: Line, taxed: set[str | None], where: str) -> None:
    """What is taxed says the tax; the line of the tax itself says it only where nothing else of its entry does."""
    is_tax = books.accounts[line.account_code].role in TAX_ACCOUNTS
    rate = _rate(books, line.tax_code, entry.entry_date)
    if is_tax and line.tax_code in taxed and rate is not None:
        return
    tax = line.amount if is_tax else round(line.amount * (rate or NOTHING) / 100, 2)
    with xml.within("TaxInformation"):
        xml.put("TaxType", "MVA")
        xml.put("TaxCode", line.tax_code or "", NAME)
        if rate is not None:
            xml.put("TaxPercentage", amount_text(rate))
        xml.put("Country", "NO")
        if not is_tax:
            xml.put("TaxBase", money(abs(line.amount), where))
        with xml.within("CreditTaxAmount" if line.amount < 0 else "DebitTaxAmount"):
            xml.put("Amount", money(abs(tax), where))


def _rate(books: Books, tax_code: str | None, day: date) -> Decimal | None:
    for code in books.tax_codes:
        is_valid = code["valid_from_date"] <= day <= (code["valid_to_date"] or day)
        if code["tax_code"] == tax_code and is_valid:
            rate: Decimal = code["rate_pct"]
            return rate
    return None


def read_back(path: Path, _: Books, tally: Tally) -> None:
    """Count the entries and balances of a written file as its reader finds them.

    Raises UnreadableFile when its control totals are not those of its lines.
    """
    tally.openings, tally.closings = {}, {}
    waiting: list[tuple[str, Decimal]] = []
    number = None
    for row in _rows(read_saft(path).batches):
        if row["part"] == "account":
            tally.openings[row["AccountID"]] = _sides(row, "Opening{}Balance")
            tally.closings[row["AccountID"]] = _sides(row, "Closing{}Balance")
        if row["part"] != "line":
            continue
        if number not in (None, row["TransactionID"]):
            tally.add(number, waiting)
            waiting = []
        number = row["TransactionID"]
        waiting.append((row["AccountID"], _sides(row, "{}Amount")))
    if number is not None:
        tally.add(number, waiting)


def _rows(batches: Iterator[TextBatch]) -> Iterator[dict[str, str]]:
    for batch in batches:
        yield from batch.frame.iter_rows(named=True)


def _sides(row: dict[str, str], pattern: str) -> Decimal:
    return Decimal(row[pattern.format("Debit")] or 0) - Decimal(row[pattern.format("Credit")] or 0)
