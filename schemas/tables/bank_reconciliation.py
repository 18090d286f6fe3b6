"""What the bank says beside what the books say, line by line."""

from schemas.table import no_row, one_of, required, table

MATCH_KINDS = ["one to one", "one to many", "many to one", "many to many", "within the books", "unmatched"]

TABLE = table(
    "finance.bank_reconciliation",
    "one row is a line of a bank statement, or of the ledger on a bank account",
    ("side", "line_id"),
    required("account_code", "line_date", "currency_code", "amount", "is_matched", "reason"),
    one_of("side", ["statement", "book"]),
    one_of("match_kind", MATCH_KINDS),
    no_row(
        "match_id:of_matched_lines",
        "a line has a match when it is matched, and none when it is not",
        """
        select side, line_id, match_id
        from {batch}
        where is_matched <> (match_id is not null) or is_matched = (match_kind = 'unmatched')""",
        column="match_id",
    ),
    no_row(
        "matches:come_to_nothing",
        "the lines of a match are of one account and currency, and come to the same on both sides",
        """
        select match_id, sum(if(side = 'statement', amount, -amount)) as difference
        from {batch}
        where match_id is not null
        group by match_id
        having
            sum(if(side = 'statement', amount, -amount)) <> 0
            or count(distinct (account_code, currency_code)) > 1""",
    ),
)
