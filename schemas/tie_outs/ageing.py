"""What is open, document by document, is what the ledger holds on the control account."""

from schemas.tie_out import TieOut, same
from schemas.tie_outs.documents import NOT_ELSEWHERE

UNPOSTED = "select (document_id, party_id) from operations.unposted_documents"


def ageing(direction: str, role: str, kinds: str, beside: str) -> TieOut:
    """The ageing of one direction, against the control account that has this role.

    Documents that are not in the ledger (they wait for a rate, or journals of their own source post them) are taken
    out of the ageing; what stands on the account and settles no document is taken out of the ledger.
    """
    here = f"""
    select party_id, currency_code, sum(amount) as amount
    from (
        select party_id, currency_code, open_amount as amount
        from finance.{direction}s_ageing
        union all
        select party_id, currency_code, -gross_amount
        from record.invoices
        where
            direction = '{direction}' and document_date <= (select as_of_date from core.as_of)
            and (not {NOT_ELSEWHERE} or (document_id, party_id) in ({UNPOSTED} where {kinds}))
        union all
        select allocations.party_id, allocations.currency_code, allocations.allocated_amount
        from core.allocations as allocations
        inner join record.payments as payments using (payment_id)
        where
            allocations.direction = '{direction}'
            and (
                not payments.{NOT_ELSEWHERE}
                or payment_id in (select document_id from operations.unposted_documents where ends_with(
                    document_kind, '_payment') or ends_with(document_kind, '_refund'))
            )
    )
    group by all"""
    there = f"""
    select
        lines.party_id, lines.currency_code,
        {1 if direction == "receivable" else -1} * sum(lines.currency_amount) as amount
    from core.ledger_lines as lines
    inner join core.accounts as accounts on lines.account_code = accounts.account_code
    where accounts.role = '{role}' and lines.leg not in ('on_account', 'line', '{beside}', 'balance')
    group by all"""
    return TieOut(
        f"{role}_ageing_equals_control_account",
        f"the open {role}, and what is on account, are what the ledger holds on the account of {role}, party by party",
        same(
            here, there, "party_id, currency_code",
            f"'{role} of ' || coalesce(party_id, 'nobody') || ' in ' || currency_code",
        ),
    )  # fmt: skip


AGEING = (
    ageing("receivable", "receivables", "starts_with(document_kind, 'sales_')", "receivable_without_invoice"),
    ageing("payable", "payables", "starts_with(document_kind, 'purchase_')", "payable_without_invoice"),
)
