"""The German bank's list of movements: the euro account, a cp1252 file a month under a line that says whose it is."""

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.company.statements import ACCOUNTS
from tasks.simulate.delivery import Delivery
from tasks.simulate.dirt import UNCHANGED, change, out_of_scope, refused, repeat, repost
from tasks.simulate.formats import Csv
from tasks.simulate.system import REFUSED_FILE, FileDirt, System, deliveries_of, holding
from tasks.simulate.systems.spoiling import has
from tasks.simulate.wording import day, money

COLUMNS = [
    "Auszug",
    "Pos",
    "Buchungstag",
    "Valuta",
    "Buchungstext",
    "Name",
    "Verwendungszweck",
    "Betrag",
    "Währung",
    "Saldo",
]

WORDS = {
    "transfer": "UEBERWEISUNG", "direct_debit": "SAMMELLASTSCHRIFT", "card": "KARTENABRECHNUNG",
    "cheque": "SCHECKEINREICHUNG", "cash": "EINZAHLUNG", "fee": "ENTGELT", "interest": "ZINSEN", "loan": "DARLEHEN",
    "payroll": "LOHN/GEHALT", "claim": "SPESEN", "wage tax": "LOHNSTEUER", "sales tax": "UMSATZSTEUER",
    "income tax": "ERTRAGSTEUER", "own transfer": "EIGENUEBERTRAG",
}  # fmt: skip

ABOVE_THE_HEADER = f"Umsatzanzeige (simuliert);Konto {ACCOUNTS['EUR']}\r\n".encode("cp1252")


def deliver(firm: Firm) -> list[Delivery]:
    """A file a month, named by the month."""
    lines = pl.DataFrame([line for line in firm.statements if line.currency == "EUR"])
    rows = lines.select(
        pl.format("umsaetze_{}.csv", "statement_id").alias("file"),
        "statement_id",
        pl.col("line_no").cast(pl.String),
        day("booking_date", "%d.%m.%Y").alias("booked"),
        day("value_date", "%d.%m.%Y").alias("value"),
        pl.col("kind").replace_strict(WORDS),
        "name",
        "reference",
        money("amount", ",").alias("betrag"),
        "currency",
        money("balance", ",").alias("saldo"),
    )
    rows.columns = ["file", *COLUMNS]
    return deliveries_of(rows)


DIRT = (
    change(
        "statement number missing",
        3,
        refused("statement_id:required"),
        {"Auszug": None},
        has("Buchungstext", "UEBERWEISUNG"),
    ),
    change("day that does not exist", 4, refused("booking_date:cast"), {"Buchungstag": "31.02.2025"}),
    change("amount in words", 4, refused("amount:cast"), {"Betrag": "siehe Beleg"}),
    change("movement of nothing", 3, refused("something_moved"), {"Betrag": "0,00"}),
    change(
        "kind of movement that nobody knows",
        4,
        refused("transaction_type_code:cast"),
        {"Buchungstext": "WAEHRUNGSTAUSCH"},
    ),
    change("currency missing", 3, refused("currency_code:required"), {"Währung": None}),
    change("day at the end of time", 2, refused("dates_are_plausible"), {"Valuta": "31.12.9999"}),
    repeat("row twice in a file", 6, UNCHANGED, {}),
    repeat("key twice with other content", 3, refused("key:repeated"), {"Verwendungszweck": "Storno"}),
    repost("row again in a later file", 6, UNCHANGED, {}),
    repost("posted movement changed later", 3, refused("key:changed"), {"Betrag": "1,00"}),
    repeat(
        "movement only announced", 8, out_of_scope("announced movements"), {"Buchungstext": "VORGEMERKT", "Saldo": None}
    ),
)

BANK_EURO = System(
    source="mail_order_bank_euro",
    folder="bank_euro",
    record="bank_transactions",
    key=("Auszug", "Pos"),
    write=Csv(delimiter=";", encoding="cp1252", mark=ABOVE_THE_HEADER, line_end="\r\n"),
    deliver=deliver,
    dirt=DIRT,
    file_dirt=(
        FileDirt(
            "log-in page called .csv", REFUSED_FILE,
            holding("umsaetze_2025-02_neu.csv", b"<!DOCTYPE html>\n<html><body>Bitte anmelden</body></html>\n"),
        ),
    ),
)  # fmt: skip
