"""Payments put against what they settle."""

from schemas.table import no_row, one_of, required, table

TABLE = table(
    "core.allocations",
    "one row is a payment, put against the invoice or credit note that it settles",
    ("payment_id",),
    required("direction", "document_id", "party_id", "payment_date", "currency_code", "allocated_amount"),
    one_of("direction", ["receivable", "payable"]),
    no_row(
        "amount:of_its_payment",
        "a payment is allocated whole, in its own currency, once it was made",
        """
        select allocations.payment_id, allocations.allocated_amount, payments.amount
        from {batch} as allocations
        left join record.payments as payments using (payment_id)
        cross join core.as_of
        where
            payments.amount is distinct from abs(allocations.allocated_amount)
            or payments.currency_code <> allocations.currency_code
            or payments.payment_date > as_of.as_of_date""",
    ),
)
