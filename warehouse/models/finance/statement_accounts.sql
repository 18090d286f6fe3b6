-- One row is an account in a line of a statement: what it brings to the line, for the period and its comparison.
select
    places.statement,
    places.section_no,
    places.section,
    places.line,
    places.line_order,
    places.account_code,
    accounts.account_name,
    parts.currency_code,
    coalesce(sum(places.sign * parts.amount) filter (where parts.compared_as = 'period'), 0) as amount,
    coalesce(sum(places.sign * parts.amount) filter (where parts.compared_as = 'comparison'), 0) as comparison_amount,
from core.statement_places as places
inner join core.account_parts as parts
    on
        places.account_code = parts.account_code
        and list_contains(places.parts, parts.part)
        and (parts.is_money_entry or not places.is_of_money_entries)
inner join core.accounts as accounts on places.account_code = accounts.account_code
group by all
having amount <> 0 or comparison_amount <> 0
