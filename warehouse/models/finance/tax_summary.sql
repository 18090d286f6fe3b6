-- One row is a month and tax code: what was sold and bought under it, and the tax on both, as the ledger has it.
with

accounts as (
    select
        account_code,
        coalesce(role, '') in ('output_tax', 'input_tax') as is_tax,
        coalesce(role, '') = 'input_tax' as is_input,
        account_class = 'income' as is_sale,
        account_class = 'expense' or account_type in ('inventory', 'fixed_asset', 'non_current_asset') as is_purchase,
    from core.accounts
),

days as (
    select
        date_trunc('month', days.entry_date) as month,
        days.tax_code,
        days.currency_code,
        days.amount,
        days.tax_code is null and days.is_money_entry as is_settlement,
        accounts.* exclude (account_code),
        -- Where one account takes the tax of both sides, it is input tax under a code under which nothing is sold.
        is_input
        or (days.tax_code is not null and not bool_or(is_sale) over (partition by days.tax_code)) as is_input_tax,
    from core.account_days as days
    inner join accounts on days.account_code = accounts.account_code
    where accounts.is_tax or days.tax_code is not null
)

-- Money that moved tax without a code was paid to the authority, or came back from it.
select
    cast(month as date) as month,
    coalesce(tax_code, 'none') as tax_code,
    currency_code,
    coalesce(-sum(amount) filter (where is_sale), 0) as sales_net_amount,
    coalesce(sum(amount) filter (where is_purchase), 0) as purchases_net_amount,
    coalesce(-sum(amount) filter (where is_tax and not is_settlement and not is_input_tax), 0) as output_tax_amount,
    coalesce(sum(amount) filter (where is_tax and not is_settlement and is_input_tax), 0) as input_tax_amount,
    output_tax_amount - input_tax_amount as tax_due_amount,
    coalesce(sum(amount) filter (where is_tax and is_settlement), 0) as settled_amount,
from days
where is_tax or is_sale or is_purchase
group by all
