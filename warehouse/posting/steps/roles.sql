-- One row is a role that posting rules ask for, with its account, or that of the role which stands in for it.
with

given as (select role, account_code from core.accounts where role is not null)

select role, account_code, role as account_role
from given
union all
select fallbacks.role, given.account_code, fallbacks.else_role
from operations.role_fallbacks as fallbacks
inner join given on fallbacks.else_role = given.role
where fallbacks.role not in (select role from given)
