-- One row is what an entry did, on an account, to assets bought on credit: an invoice for them moves no money yet, and
-- the payment of it pays for them. Only the cash flow statement asks for it; the rows of an entry add up to nothing.
with

accounts as (
    select
        account_code,
        starts_with(cash_flow_line, 'investing') as is_asset,
        coalesce(role, '') = 'payables' as is_payable,
    from core.accounts
    where starts_with(cash_flow_line, 'investing') or role = 'payables'
),

bought as (
    select lines.*, accounts.is_asset
    from core.ledger_lines as lines
    inner join accounts using (account_code)
    where lines.document_kind in ('purchase_invoice', 'purchase_credit_note')
),

assets as (
    select party_id, document_id, account_code as asset_code, sum(amount) as asset_amount
    from bought
    where is_asset
    group by all
),

-- How much of what a document asks for is for which assets.
shares as (
    select assets.*, -sum(bought.amount) as owed_amount
    from assets
    inner join bought
        on
            assets.document_id = bought.document_id
            and assets.party_id is not distinct from bought.party_id
            and not bought.is_asset
    group by all
    having -sum(bought.amount) <> 0
),

on_credit as (
    select
        assets.account_code as asset_code,
        owed.account_code as payable_code,
        -assets.amount as asset_amount,
        owed.* exclude (account_code, amount, is_asset),
    from bought as assets
    inner join (
        select * from bought
        where not is_asset
        qualify row_number() over (partition by entry_no order by line_no) = 1
    ) as owed using (entry_no)
    where assets.is_asset
),

paid as (
    select
        shares.asset_code,
        lines.account_code as payable_code,
        cast(round(lines.amount * shares.asset_amount / shares.owed_amount, 4) as decimal(18, 4)) as asset_amount,
        lines.* exclude (account_code, amount),
    from core.ledger_lines as lines
    inner join core.allocations as allocations
        on lines.document_id = allocations.payment_id and allocations.direction = 'payable'
    inner join shares
        on
            allocations.document_id = shares.document_id
            and allocations.party_id is not distinct from shares.party_id
    where lines.document_kind in ('supplier_payment', 'supplier_refund') and lines.leg = 'payable'
),

both_ways as (
    select * from on_credit
    union all by name
    select * from paid
)

select
    both_ways.* exclude (asset_code, payable_code, asset_amount),
    unnest([asset_code, payable_code]) as account_code,
    unnest([asset_amount, -asset_amount]) as amount,
    entry_no in (select entry_no from core.money_entries) as is_money_entry,
from both_ways
