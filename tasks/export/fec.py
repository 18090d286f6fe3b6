"""The ledger as a French FEC (fichier des écritures comptables): the 18 columns of article A47 A-1 LPF."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain, groupby
from pathlib import Path
from typing import TextIO

from tasks.errors import ExportRefused, UsageError
from tasks.export.books import NOTHING, Books, Entry, Line
from tasks.export.checks import Tally
from tasks.export.writing import Request, amount_text, cell, is_foreign, one_line, titled
from tasks.extract.formats.csv import read_csv
from tasks.source import FilesExtract

COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise",
)  # fmt: skip

JOURNALS = {
    "sales": ("VE", "Ventes"),
    "purchases": ("AC", "Achats"),
    "bank": ("BQ", "Banque"),
    "payroll": ("PA", "Paie"),
    "stock": ("ST", "Stocks"),
    "expenses": ("NF", "Notes de frais"),
    "tax": ("TX", "Taxes"),
    "fx": ("EC", "Écarts de change"),
    "closing": ("CL", "Clôture"),
    "general": ("OD", "Opérations diverses"),
    "opening": ("AN", "À nouveaux"),
}
"""Code and name of each journal, as they are usual in France."""

PARTIES = {"receivables": "customer", "payables": "supplier"}
"""The accounts that have auxiliary accounts, and whose those are."""

FIRST_DIGITS = 3
"""How many digits of the plan comptable général an account number begins with."""


def file_name(books: Books, request: Request) -> str:
    """SIREN, FEC and the last day of the financial year, as the law asks.

    Raises UsageError when the SIREN is not known.
    """
    siren = request.registration_number
    if siren is None or len(siren) != 9 or not siren.isdecimal():
        raise UsageError(
            "an FEC is named by the company's SIREN: give its nine digits with --registration-number, "
            "or name a file with --to"
        )
    return f"{siren}FEC{books.year_end:%Y%m%d}.txt"


def write(books: Books, entries: Iterable[Entry], stream: TextIO, _: Request) -> None:
    """Write the header and a line for each line of the ledger; entries are numbered anew, from 1 without a gap.

    Raises ExportRefused when an account's number cannot stand in an FEC.
    """
    for code in books.accounts:
        if _label(code) != code:
            raise ExportRefused(
                f"account {code!r} cannot stand in an FEC: it holds a quote, a blank too many or no text"
            )
    stream.write("\t".join(COLUMNS) + "\r\n")
    # What earlier years left comes first, on the first day of the period.
    opening = books.opening(books.first)
    for number, entry in enumerate(chain([opening] if opening else [], entries), start=1):
        stream.writelines(_rows(books, entry, number))


def _rows(books: Books, entry: Entry, number: int) -> Iterator[str]:
    journal_code, journal_name = JOURNALS[entry.journal]
    for line in entry.lines:
        account = books.accounts[line.account_code]
        auxiliary = _auxiliary(books, line)
        fields = (
            journal_code,
            journal_name,
            str(number),
            _day(entry.entry_date),
            cell(line.account_code),
            _cell(account.account_name),
            *auxiliary,
            _cell(line.document_id or entry.entry_id),
            _day(entry.entry_date),
            _cell(line.description or titled(entry)),
            _amount(max(line.amount, NOTHING)),
            _amount(max(-line.amount, NOTHING)),
            letters(line.matching_no) if line.matching_no else "",
            _day(line.matched_date) if line.matched_date else "",
            _day(entry.recorded_date),
            _amount(line.currency_amount) if is_foreign(books, line) and line.currency_amount is not None else "",
            line.currency_code if is_foreign(books, line) else "",
        )
        yield "\t".join(fields) + "\r\n"


def letters(number: int) -> str:
    """A number as accountants letter what settles each other: A to Z, AA, AB and so on."""
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("A") + digit) + text
    return text


def _auxiliary(books: Books, line: Line) -> tuple[str, str]:
    kind = PARTIES.get(books.accounts[line.account_code].role or "")
    if kind is None or line.party_id is None:
        return "", ""
    return _cell(line.party_id), _cell(books.parties.get((kind, line.party_id), line.party_id))


def _amount(amount: Decimal) -> str:
    return amount_text(amount).replace(".", ",")


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _cell(text: str) -> str:
    return cell(_label(text))


def _label(text: str) -> str:
    """The text on one line, without the quotes by which another program would read it."""
    return one_line(text).replace('"', "'")


def notes(books: Books) -> Iterator[str]:
    """What an administration would object to, though the file is well formed."""
    odd = sorted(code for code in books.accounts if not code[:FIRST_DIGITS].isdecimal() or len(code) < FIRST_DIGITS)
    if odd:
        yield (
            f"{len(odd)} account(s) do not begin with {FIRST_DIGITS} digits of the plan comptable général, "
            f"such as {', '.join(odd[:3])}: a French administration refuses them"
        )
    if (books.last - books.first).days > 2 * 366:
        yield "an FEC is of one financial year; this one is of more than two years: give --from and --until"


def read_back(path: Path, books: Books, tally: Tally) -> None:
    """Count the entries of a written file as its reader finds them, and the numbers that are missing."""
    has_opening = books.opening(books.first) is not None
    lettered: dict[str, Lettered] = defaultdict(Lettered)
    tally.openings = {}
    before = 0
    for number, rows in groupby(_rows_of(path, tally), key=lambda row: int(row["EcritureNum"])):
        if number != before + 1:
            tally.gaps.append(f"EcritureNum {number} comes after {before}")
        before = number
        lines = []
        for row in rows:
            lines.append((row["CompteNum"].removeprefix("'"), _decimal(row["Debit"]) - _decimal(row["Credit"])))
            if row["EcritureLet"] or row["DateLet"]:
                lettered[row["EcritureLet"]].add(row, lines[-1][1])
        if has_opening and number == 1:
            for account_code, amount in lines:
                tally.openings[account_code] = tally.openings.get(account_code, NOTHING) + amount
        else:
            tally.add(str(number), lines)
    tally.unmatched = [
        f"what is lettered {letter or 'with nothing'} {breach}"
        for letter, of in lettered.items()
        for breach in of.breaches(letter)
    ]


@dataclass
class Lettered:
    """The lines under one letter, as they are read back."""

    rest: Decimal = NOTHING
    accounts: set[tuple[str, str]] = field(default_factory=set)
    days: set[str] = field(default_factory=set)
    last_day: str = ""

    def add(self, row: dict[str, str], amount: Decimal) -> None:
        """A line by its columns, and its amount."""
        self.rest += amount
        self.accounts.add((row["CompteNum"], row["CompAuxNum"]))
        self.days.add(row["DateLet"])
        self.last_day = max(self.last_day, row["EcritureDate"])

    def breaches(self, letter: str) -> Iterator[str]:
        """What is wrong with them: they come to nothing, on one account, by the day of the last of them."""
        if not letter:
            yield "has a DateLet"
        if self.rest:
            yield f"does not come to nothing, but to {self.rest}"
        if len(self.accounts) > 1:
            yield f"stands on {len(self.accounts)} accounts"
        if self.days != {self.last_day}:
            yield f"is dated {', '.join(sorted(self.days)) or 'nothing'}, not {self.last_day}"


def _rows_of(path: Path, tally: Tally) -> Iterator[dict[str, str]]:
    asked = {"connector": "files", "path": path.name, "format": "csv", "delimiter": "\t"}
    for batch in read_csv(path, FilesExtract.model_validate(asked)).batches:
        tally.gaps += [f"row {row.row} is no row: {row.reason}" for row in batch.malformed]
        yield from batch.frame.iter_rows(named=True)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
