-- One row is a line of an entry that came into a closed period after it was filed, in a line of a statement that it
-- changed.
with

late as (
    select
        *,
        entry_no in (select entry_no from core.money_entries) as is_money_entry,
        entry_no in (select entry_no from core.year_end_entries) as is_year_end_entry,
        false as is_on_credit,
    from core.ledger_lines
    where entry_no > (select min(last_entry_no) from operations.closings)
    union all by name
    select *, false as is_year_end_entry, true as is_on_credit
    from core.assets_on_credit
    where entry_no > (select min(last_entry_no) from operations.closings)
)

select
    places.period,
    places.statement,
    places.section,
    places.line,
    late.account_code,
    late.entry_no,
    late.entry_id,
    late.line_no,
    late.entry_date,
    late.document_kind,
    late.document_id,
    late.party_id,
    late.description,
    cast(getvariable('reporting_currency') as varchar) as currency_code,
    places.sign * late.amount as amount,
    late.reverses_entry_no,
    late._source,
    late._file,
    late._row,
    late.recorded_at,
from core.closed_places as places
inner join late
    on
        places.account_code = late.account_code
        and places.last_date >= late.entry_date
        and places.last_entry_no < late.entry_no
        and list_contains(
            places.parts,
            case
                when late.is_on_credit then if(places.first_date > late.entry_date, 'before', 'on credit')
                when places.first_date > late.entry_date then 'brought forward'
                when late.journal = 'opening' then 'opening'
                when late.journal = 'closing' and late.is_year_end_entry then 'closing'
                else 'movement'
            end
        )
        and (late.is_money_entry or not places.is_of_money_entries)
