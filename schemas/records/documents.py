"""The register of letters: what came into the house and what left it, on paper and by mail."""

import polars as pl

from schemas.record import INSTANT, LAST_DAY, About, Record, column, is_plausible_day, rule

MOMENTS = ("received_at", "sent_at")

OLDEST_DAY = pl.date(1900, 1, 1)
"""Contracts and certificates are older than the books that refer to them."""


class Documents(Record):
    """One row is a letter, mail or other document that came in or went out."""

    _about = About(
        name="documents",
        grain="one row is a letter, mail or other document that came in or went out",
        key=("document_id",),
        is_document=True,
        owner="office",
        # The time for which commercial letters are kept in many countries; invoices among them are kept for longer.
        retention="six years",
    )

    document_id: pl.String = column("Number in the register.", str_length={"min_value": 1, "max_value": 250})
    direction: pl.String = column("Whether it came in or went out.", isin=["in", "out"])
    channel_code: pl.String = column("How it came or went.", isin=["post", "mail", "fax", "portal", "hand"])
    kind_code: pl.String = column(
        "What it is.",
        nullable=True,
        isin=[
            "letter", "offer", "order", "confirmation", "delivery_note", "invoice", "credit_note", "reminder",
            "statement", "contract", "notice", "certificate", "form", "report", "other",
        ],
    )  # fmt: skip
    received_at: INSTANT = column("Moment it arrived.", nullable=True)
    sent_at: INSTANT = column("Moment it left, as its sender says.", nullable=True)
    document_date: pl.Date = column("Local day that stands on it.", nullable=True)
    party_id: pl.String = column("The customer, supplier or other party, if known.", nullable=True)
    party_name: pl.String = column("Who wrote it, or to whom it went.", personal=True, nullable=True)
    party_address: pl.String = column("Their address for mail or post.", personal=True, nullable=True)
    subject: pl.String = column("What it is about, as it says.", personal=True, nullable=True)
    reference: pl.String = column("The number of theirs or ours that it names.", nullable=True)
    in_reply_to_id: pl.String = column("Number of the document that it answers, as its sender says.", nullable=True)
    due_date: pl.Date = column("Local day until which it has to be answered.", nullable=True)
    responsible_id: pl.String = column("Who answers for it.", nullable=True, references="employees.employee_id")
    file_name: pl.String = column("What its file is called.", personal=True, nullable=True)
    file_sha256: pl.String = column("The SHA-256 of its file.", nullable=True, str_matches=r"^[0-9a-f]{64}$")
    file_bytes: pl.Int64 = column("How long its file is.", unit="bytes", nullable=True, ge=0)
    page_count: pl.Int32 = column("How many pages it has.", unit="pages", nullable=True, ge=1)
    attachment_count: pl.Int32 = column("How many files or enclosures came with it.", nullable=True, ge=0)

    @rule("what came in says when it was received, what went out when it was sent")
    def moment_is_known() -> pl.Expr:
        return (
            pl.when(pl.col("direction") == "in").then(pl.col("received_at")).otherwise(pl.col("sent_at")).is_not_null()
        )

    @rule("received_at and sent_at lie between 1990 and 2100")
    def moments_are_plausible() -> pl.Expr:
        return pl.all_horizontal(is_plausible_day(name).fill_null(True) for name in MOMENTS)

    @rule("document_date lies between 1900 and 2100")
    def document_date_is_plausible() -> pl.Expr:
        return pl.col("document_date").is_between(OLDEST_DAY, LAST_DAY, closed="left")

    @rule("due_date is not before document_date")
    def is_due_after_it_is_written() -> pl.Expr:
        return pl.col("due_date") >= pl.col("document_date")
