-- One row is a line of the ledger in a line of a statement: what the line is made of, entry by entry, for the period
-- and for the one that it is compared with. A view: worked out when it is read.
with

ledger_lines as (
    select
        periods.compared_as,
        lines.*,
        lines.entry_no in (select entry_no from core.money_entries) as is_money_entry,
        case
            when lines.entry_date < periods.first_date then 'brought forward'
            when lines.journal = 'opening' then 'opening'
            when lines.entry_no in (select entry_no from core.year_end_entries) then 'closing'
            else 'movement'
        end as part,
    from core.ledger_lines as lines
    inner join core.periods as periods on lines.entry_date <= periods.last_date
    union all by name
    select periods.compared_as, assets.*, 'on credit' as part
    from core.assets_on_credit as assets
    inner join core.periods as periods on assets.entry_date between periods.first_date and periods.last_date
)

select
    places.statement,
    places.section,
    places.line,
    lines.compared_as,
    lines.entry_no,
    lines.entry_id,
    lines.line_no,
    lines.entry_date,
    lines.document_kind,
    lines.document_id,
    lines.party_id,
    lines.account_code,
    lines.description,
    as_of.reporting_currency as currency_code,
    places.sign * lines.amount as amount,
    lines._source,
    lines._file,
    lines._row,
from core.statement_places as places
inner join ledger_lines as lines
    on
        places.account_code = lines.account_code
        and list_contains(places.parts, lines.part)
        and (lines.is_money_entry or not places.is_of_money_entries)
cross join core.as_of as as_of
