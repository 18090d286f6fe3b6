-- One row is a role that posting rules ask for, with its account, or that of the role which stands in for it.
with

given as (
    select role, account_code
    from core.accounts
    where role is not null
),

standing_in as (
    select fallbacks.role, given.account_code
    from operations.role_fallbacks as fallbacks
    inner join given on fallbacks.else_role = given.role
    anti join given as own on fallbacks.role = own.role
)

select role, account_code from given
union all
select role, account_code from standing_in
