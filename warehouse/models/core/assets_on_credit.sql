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

-- Few of all purchases are of assets, and only their entries are looked at whole.
asset_entries as (
    select distinct lines.entry_no
    from core.ledger_lines as lines
    inner join accounts on lines.account_code = accounts.account_code and accounts.is_asset
    where lines.document_kind in ('purchase_invoice', 'purchase_credit_note')
),

bought as (
    select lines.*, accounts.is_asset
    from core.ledger_lines as lines
    inner join accounts on lines.account_code = accounts.account_code
    inner join asset_entries on lines.entry_no = asset_entries.entry_no
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

-- One line of an entry stands for what is owed.
owed as (
    select bought.*
    from bought
    where not bought.is_asset
    qualify row_number() over (partition by bought.entry_no order by bought.line_no) = 1
),

-- What an entry takes from one account, and gives to the other.
on_credit as (
    select
        owed.entry_no,
        owed.line_no,
        assets.account_code as asset_code,
        owed.account_code as payable_code,
        -assets.amount as asset_amount,
    from bought as assets
    inner join owed on assets.entry_no = owed.entry_no
    where assets.is_asset
),

paid as (
    select
        lines.entry_no,
        lines.line_no,
        shares.asset_code,
        lines.account_code as payable_code,
        cast(round(lines.amount * shares.asset_amount / shares.owed_amount, 4) as decimal(18, 4)) as asset_amount,
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
    lines.entry_no,
    lines.entry_id,
    lines.line_no,
    lines.entry_date,
    lines.journal,
    lines.document_kind,
    lines.document_id,
    lines.party_id,
    lines.currency_code,
    lines.currency_amount,
    lines.tax_code,
    lines.department_id,
    lines.description,
    lines.leg,
    lines.reverses_entry_no,
    lines._source,
    lines._file,
    lines._row,
    lines.recorded_at,
    unnest([both_ways.asset_code, both_ways.payable_code]) as account_code,
    unnest([both_ways.asset_amount, -both_ways.asset_amount]) as amount,
    both_ways.entry_no in (select money.entry_no from core.money_entries as money) as is_money_entry,
from both_ways
inner join core.ledger_lines as lines
    on both_ways.entry_no = lines.entry_no and both_ways.line_no = lines.line_no
