"""Money that customers paid."""

from schemas.table import no_row, required, table, ties, within

TABLE = table(
    "finance.cash_received",
    "one row is a month, currency and way of paying",
    ("month", "currency_code", "method_code"),
    required("payments_count", "refunds_count", "received_amount", "refunded_amount", "net_amount"),
    within("payments_count", lowest=0),
    within("refunds_count", lowest=0),
    no_row(
        "signs",
        "money received is not negative, money paid back not positive, and the net is both together",
        """
        select month, currency_code, method_code, received_amount, refunded_amount, net_amount
        from {batch}
        where received_amount < 0 or refunded_amount > 0 or net_amount <> received_amount + refunded_amount""",
    ),
    ties(
        "totals:tied_to_record",
        "what was received comes to the record's payments in, less those put against payables",
        """
        select currency_code, sum(received_amount) as received_amount, sum(payments_count) as payments_count
        from {batch}
        group by all
        having sum(payments_count) > 0""",
        """
        select currency_code, sum(amount) as received_amount, count(*) as payments_count
        from record.payments cross join core.as_of
        where
            direction = 'in' and payment_date <= as_of_date
            and payment_id not in (select payment_id from core.allocations where direction = 'payable')
        group by all""",
    ),
    ties(
        "refunds:tied_to_record",
        "what was paid back comes to the record's payments out that are put against receivables",
        """
        select currency_code, sum(refunded_amount) as refunded_amount, sum(refunds_count) as refunds_count
        from {batch}
        group by all
        having sum(refunds_count) > 0""",
        """
        select currency_code, -sum(amount) as refunded_amount, count(*) as refunds_count
        from record.payments cross join core.as_of
        where
            direction = 'out' and payment_date <= as_of_date
            and payment_id in (select payment_id from core.allocations where direction = 'receivable')
        group by all""",
    ),
)
