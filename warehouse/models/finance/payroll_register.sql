-- One row is a payslip, in its own currency, with what its entry holds on the payroll accounts in the reporting one.
with

posted as (
    select
        document_id as payslip_id,
        arg_max(entry_id, entry_no) as entry_id,
        coalesce(sum(amount) filter (where leg in ('wages', 'employer_social')), 0) as posted_cost_amount,
        coalesce(-sum(amount) filter (where leg = 'kept_back'), 0) as posted_kept_back_amount,
        coalesce(-sum(amount) filter (where leg = 'net_pay'), 0) as posted_net_pay_amount,
    from core.ledger_lines
    where document_kind = 'payslip'
    group by document_id
)

select
    date_trunc('month', payslips.period_end_date)::date as month,
    payslips.payslip_id,
    payslips.employee_id,
    payslips.department_id,
    payslips.period_start_date,
    payslips.period_end_date,
    payslips.payment_date,
    payslips.currency_code,
    payslips.gross_pay_amount,
    payslips.employee_tax_amount,
    payslips.employee_social_amount,
    payslips.net_pay_amount,
    payslips.employer_social_amount,
    payslips.gross_pay_amount + payslips.employer_social_amount as employer_cost_amount,
    coalesce(posted.posted_cost_amount, 0) as posted_cost_amount,
    coalesce(posted.posted_kept_back_amount, 0) as posted_kept_back_amount,
    coalesce(posted.posted_net_pay_amount, 0) as posted_net_pay_amount,
    posted.entry_id,
    payslips._source,
    payslips._file,
    payslips._row,
from record.payslips as payslips
left join posted on payslips.payslip_id = posted.payslip_id
where payslips.period_end_date <= getvariable('as_of_date')
