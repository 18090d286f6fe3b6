-- One row is a leg of the entry of a payslip.
select
    'payslip' as document_kind,
    payslip_id as document_id,
    employee_id as party_id,
    period_end_date as entry_date,
    unnest(['wages', 'employer_social', 'net_pay', 'kept_back']) as leg,
    unnest([department_id, department_id, null, null]) as department_id,
    currency_code,
    unnest([
        gross_pay_amount,
        employer_social_amount,
        net_pay_amount,
        employee_tax_amount + employee_social_amount + employer_social_amount
    ]) as currency_amount,
    _source,
    _file,
    _row,
from record.payslips
