-- One row is a document and a figure of it that our rules would post otherwise than the journals of its own system did.
with

measures as (
    select
        account_code,
        case
            when role in ('receivables', 'payables') then role
            when role in ('output_tax', 'input_tax') then 'tax'
            when account_class = 'income' then 'revenue'
            else 'costs and other accounts'
        end as measure,
    from core.accounts
),

own_rules as (
    select
        lines.document_id,
        measures.measure,
        any_value(lines.document_kind) as document_kind,
        any_value(lines.party_id) as party_id,
        max(lines.currency_code) filter (where lines.leg <> 'exchange_difference') as document_currency_code,
        sum(lines.amount) as amount,
    from store.comparison_lines as lines
    inner join measures using (account_code)
    where
        lines.document_kind in ('sales_invoice', 'sales_credit_note', 'purchase_invoice', 'purchase_credit_note')
        and lines.entry_date <= getvariable('as_of_date')
    group by all
),

-- What the journals themselves say is an invoice or a credit note, delivered or not.
named as (
    select document_id, any_value(document_kind) as document_kind
    from record.journals
    where document_kind in ('sales_invoice', 'sales_credit_note', 'purchase_invoice', 'purchase_credit_note')
    group by document_id
),

-- A document that was changed stands in several journals, one taking back the other.
journals as (
    select lines.document_id, measures.measure, sum(lines.amount) as amount
    from core.ledger_lines as lines
    inner join measures using (account_code)
    where
        lines.leg = 'line'
        and (
            lines.document_id in (select document_id from own_rules)
            or lines.document_id in (select document_id from named)
        )
    group by all
),

compared as (
    select
        coalesce(own_rules.document_id, journals.document_id) as document_id,
        coalesce(own_rules.measure, journals.measure) as measure,
        coalesce(own_rules.amount, 0) as own_rules_amount,
        coalesce(journals.amount, 0) as journals_amount,
    from own_rules
    full join journals on own_rules.document_id = journals.document_id and own_rules.measure = journals.measure
),

delivered as (
    select
        document_id,
        any_value(document_kind) as document_kind,
        any_value(party_id) as party_id,
        any_value(document_currency_code) as document_currency_code,
    from own_rules
    group by document_id
)

select
    coalesce(delivered.document_kind, named.document_kind) as document_kind,
    compared.document_id,
    delivered.party_id,
    compared.measure,
    compared.own_rules_amount,
    compared.journals_amount,
    compared.own_rules_amount - compared.journals_amount as difference_amount,
    cast(getvariable('reporting_currency') as varchar) as currency_code,
    case
        when delivered.document_id is null then 'the journals name a document that was not delivered'
        when compared.document_id not in (select document_id from journals) then 'no journal names the document'
        when
            delivered.document_currency_code <> getvariable('reporting_currency')
            and abs(compared.own_rules_amount - compared.journals_amount) <= 0.05
            then 'cents of rounding from ' || delivered.document_currency_code
        when compared.journals_amount = 0 then 'its journals have nothing there'
        when compared.own_rules_amount = 0 then 'the document has nothing there'
        else 'its journals have another amount'
    end as reason,
from compared
left join delivered using (document_id)
left join named using (document_id)
where compared.own_rules_amount <> compared.journals_amount
