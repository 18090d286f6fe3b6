-- What breaks each rule that is written for one table: the rule, then the SQL that plants a row which it must refuse.

-- operations.batches batch_no:unique
update operations.batches set batch_no = 1;

-- operations.batches reason:given
update operations.batches set reason = 'why' where status = 'loaded';

-- operations.batches loads:follow
delete from operations.loads;

-- operations.batches delivery:known
delete from operations.deliveries where file_name = 'cut.csv';

-- operations.loads identity
update operations.loads set rows_extracted = rows_extracted + 1 where record = 'payments';

-- operations.loads counts:not_negative
update operations.loads set rows_unchanged = -1, rows_accepted = rows_accepted + 1 where record = 'payments';

-- operations.loads quarantine:tied
delete from operations.quarantine;

-- operations.loads out_of_scope:tied
delete from operations.out_of_scope;

-- operations.loads batch_id:known
update operations.batches set status = 'refused';

-- operations.loads quarantine:rare
update operations.loads set rows_quarantined = 2, rows_unchanged = 20 where record = 'sales_lines';
insert into operations.quarantine by name select * replace (10 as row) from operations.quarantine;

-- operations.quarantine reasons:given
update operations.quarantine set reasons = [];

-- operations.quarantine file:landed
update operations.quarantine set file = 'cccc';

-- operations.quarantine open:not_old
update operations.batches set recorded_at = '2024-11-01';

-- operations.freshness fresh
update operations.freshness set age_days = 39 where record = 'tickets';

-- record.sales_lines customer_id:known
update record.sales_lines set customer_id = 'C9' where line_no = 2;

-- record.sales_lines product_id:known
update record.sales_lines set product_id = 'P9' where line_no = 2;

-- record.sales_lines documents:one_currency
update record.sales_lines set currency_code = 'EUR' where line_no = 2;

-- record.sales_lines documents:one_day
update record.sales_lines set document_date = '2025-01-07' where line_no = 2;

-- record.invoices party_id:known
update record.invoices set party_id = 'C9' where document_id = '1005';

-- record.payments party_id:known
update record.payments set party_id = 'C9' where payment_id = 'Z1';

-- record.payments document_id:known
update record.payments set document_id = 'X' where payment_id = 'Z1';

-- record.payments settles_in_its_currency
update record.payments set currency_code = 'EUR' where payment_id = 'Z1';

-- record.interactions customer_id:known
update record.interactions set customer_id = 'C9';

-- record.documents responsible_id:known
update record.documents set responsible_id = 'E9';

-- record.tickets customer_id:known
update record.tickets set customer_id = 'C9';

-- record.ticket_events ticket_id:known
update record.ticket_events set desk = 'it' where ticket_id = 'T1';

-- record.journal_lines tax_code:known
update record.journal_lines set tax_code = 'X' where line_no = 1;

-- record.employees department_id:known
update record.employees set department_id = 'D9';

-- record.purchase_lines supplier_id:known
update record.purchase_lines set supplier_id = 'S9' where line_no = 2;

-- record.purchase_lines product_id:known
update record.purchase_lines set product_id = 'P9' where line_no = 1;

-- record.purchase_lines department_id:known
update record.purchase_lines set department_id = 'D9' where line_no = 2;

-- record.purchase_lines documents:one_currency
update record.purchase_lines set currency_code = 'EUR' where line_no = 2;

-- record.purchase_lines documents:one_day
update record.purchase_lines set document_date = '2025-01-11' where line_no = 2;

-- record.expense_claims employee_id:known
update record.expense_claims set employee_id = 'E9';

-- record.expense_claims department_id:known
update record.expense_claims set department_id = 'D9';

-- record.expense_claims claims:one_employee
insert into record.expense_claims by name
select * replace (2 as line_no, 'EUR' as currency_code, 3 as _row) from record.expense_claims;

-- record.payslips employee_id:known
update record.payslips set employee_id = 'E9';

-- record.payslips department_id:known
update record.payslips set department_id = 'D9';

-- record.payslips periods:paid_once
insert into record.payslips by name select * replace ('L2' as payslip_id) from record.payslips;

-- record.bank_transactions accounts:one_currency
update record.bank_transactions set currency_code = 'EUR' where line_no = 2;

-- record.bank_transactions balance_after_amount:follows
update record.bank_transactions set amount = -5 where line_no = 2;

-- record.budget_lines department_id:known
update record.budget_lines set department_id = 'D9';

-- record.budget_lines months:planned_once
insert into record.budget_lines by name select * replace (2 as line_no) from record.budget_lines;

-- record.stock_movements product_id:known
update record.stock_movements set product_id = 'P9' where movement_id = 'M1';

-- record.accounts role:one_account
update record.accounts set role = 'bank' where account_code = '6100';

-- core.accounts role:used_once
update core.accounts set role = 'bank' where account_code = '6100';

-- core.ledger_lines entries:balance
update core.ledger_lines set amount = amount + 0.0001 where entry_id = 'journal/J1' and line_no = 1;

-- core.ledger_lines account_code:known
update core.ledger_lines set account_code = '9999' where entry_id = 'journal/J1' and line_no = 1;

-- core.ledger_lines entries:whole
update core.ledger_lines set line_no = 3 where entry_id = 'journal/J1' and line_no = 2;

-- core.ledger_lines reversals:mirror
update core.ledger_lines set reverses_entry_no = 999 where entry_id = 'journal/J1';

-- finance.general_ledger sides
update finance.general_ledger set debit_amount = 501, credit_amount = 1 where entry_id = 'journal/J1' and line_no = 1;

-- finance.general_ledger running_balance:adds_up
update finance.general_ledger set running_balance = running_balance + 1 where entry_id = 'journal/J1' and line_no = 1;

-- finance.general_ledger lines:of_the_ledger
insert into finance.general_ledger
select * replace (0 as amount, 0 as debit_amount, 99 as entry_no) from finance.general_ledger
where entry_id = 'depreciation/A1/2025-02' and line_no = 1;

-- finance.trial_balance closing_balance:adds_up
update finance.trial_balance set opening_balance = if(account_code = '1000', 1, -1) where account_code in ('1000', '2000');

-- finance.trial_balance balances
update finance.trial_balance
set opening_balance = opening_balance + 1, credit_amount = credit_amount + 1
where account_code = '1000';

-- finance.trial_balance as_of_date:of_publication
update finance.trial_balance set as_of_date = '2025-03-02' where account_code = '1000';

-- finance.trial_balance closing_balance:of_the_general_ledger
update finance.trial_balance
set
    opening_balance = opening_balance + if(account_code = '1000', 1, -1),
    closing_balance = closing_balance + if(account_code = '1000', 1, -1)
where account_code in ('1000', '2000');

-- finance.posting_differences difference_amount:adds_up
insert into finance.posting_differences by name
select
    'sales_invoice' as document_kind, '1' as document_id, 'revenue' as measure, 10 as own_rules_amount,
    7 as journals_amount, 4 as difference_amount, 'GBP' as currency_code, 'another amount' as reason;

-- finance.bank_reconciliation match_id:of_matched_lines
update finance.bank_reconciliation set is_matched = not is_matched where line_id = 'current/opening';

-- finance.bank_reconciliation matches:come_to_nothing
update finance.bank_reconciliation set amount = amount + 1 where line_id = 'current/2025-02/1';

-- finance.bank_reconciliation_summary difference_amount:nothing
update finance.bank_reconciliation_summary set book_balance_amount = book_balance_amount + 1;

-- finance.bank_reconciliation_summary lines:of_the_reconciliation
update finance.bank_reconciliation_summary set statement_lines_count = 99;

-- finance.budget_against_actual variance_amount:adds_up
update finance.budget_against_actual set variance_amount = variance_amount + 1;

-- finance.budget_against_actual actual_amount:of_the_ledger
delete from finance.budget_against_actual where account_code = '6100';

-- finance.expense_report gross_amount:adds_up
update finance.expense_report set net_amount = net_amount + 1;

-- finance.expense_report totals:tied_to_record
update finance.expense_report set gross_amount = gross_amount + 1, net_amount = net_amount + 1;

-- finance.payroll_register net_pay_amount:adds_up
update finance.payroll_register set net_pay_amount = net_pay_amount + 1;

-- finance.payroll_register payslips:of_the_record
delete from finance.payroll_register;

-- core.allocations amount:of_its_payment
update core.allocations set allocated_amount = 31 where payment_id = 'Z1';

-- core.open_documents open_amount:adds_up
update core.open_documents set settled_amount = 0 where document_id = '1001';

-- core.ageing_buckets days:in_one_bucket
update core.ageing_buckets set last_day = 31 where bucket_no = 2;

-- core.open_documents bucket:of_its_days
update core.open_documents set bucket = '61-90' where document_id = '1001';

-- finance.ageing_by_party totals:tied_to_documents
delete from finance.ageing_by_party where direction = 'payable';

-- core.open_documents totals:tied_to_record
update core.open_documents set open_amount = 7, settled_amount = 29 where document_id = '1001';

-- finance.sales_ledger totals:tied_to_record
delete from finance.sales_ledger where currency_code = 'EUR';

-- finance.sales_ledger gross_amount:adds_up
update finance.sales_ledger set gross_amount = gross_amount + 0.01 where currency_code = 'EUR';

-- core.periods days:in_order
update core.periods set first_date = '2025-03-02' where compared_as = 'period';

-- core.account_days amount:adds_up
update core.account_days set debit_amount = debit_amount + 1;

-- finance.statement_accounts amount:not_nothing
update finance.statement_accounts set amount = 0, comparison_amount = 0 where statement = 'income statement';

-- finance.statement_lines line:once
insert into finance.statement_lines by name
select * replace (99 as line_no) from finance.statement_lines where line = 'total assets';

-- finance.income_statement profit:last
delete from finance.income_statement where line = 'profit for the period';

-- finance.balance_sheet as_of_date:of_publication
update finance.balance_sheet set as_of_date = '2025-03-02' where line = 'total assets';

-- finance.journal_of_corrections difference_amount:adds_up
insert into finance.journal_of_corrections by name
select
    2 as reversal_no, 1 as reversed_no, 'journal/J1' as reversed_id, cast('2025-01-31' as date) as entry_date,
    5 as reversed_amount, 6 as corrected_amount, 2 as difference_amount, cast('2025-03-01' as timestamptz) as corrected_at;

-- finance.tax_summary tax_due_amount:adds_up
update finance.tax_summary set tax_due_amount = tax_due_amount + 0.0001;

-- sales.gross_margin lines:complete
delete from sales.gross_margin where line_no = 2 and currency_code = 'EUR';

-- sales.gross_margin identities
update sales.gross_margin set amount = amount + 1 where line_no = 5;

-- sales.gross_margin net_revenue:tied_to_record
update sales.gross_margin set amount = amount + 1 where line_no in (1, 3, 5);

-- finance.receivables_ageing bucket:of_its_days
update finance.receivables_ageing set bucket = '31-60' where document_id = '1005';

-- finance.receivables_ageing as_of_date:of_publication
update finance.receivables_ageing
set as_of_date = '2025-03-02', days_overdue = 0, bucket = 'not due', due_date = '2025-04-01';

-- finance.receivables_ageing totals:tied_to_record
delete from finance.receivables_ageing where document_id = '1005';

-- finance.payables_ageing bucket:of_its_days
update finance.payables_ageing set days_overdue = 31;

-- finance.payables_ageing as_of_date:of_publication
update finance.payables_ageing set as_of_date = as_of_date + 1, due_date = due_date + 1;

-- finance.payables_ageing totals:tied_to_record
update finance.payables_ageing set open_amount = 99.9999;

-- finance.cash_received signs
update finance.cash_received set net_amount = net_amount + 1 where payments_count = 1;

-- finance.cash_received totals:tied_to_record
update finance.cash_received set received_amount = 31, net_amount = 31 where payments_count = 1;

-- finance.cash_received refunds:tied_to_record
update finance.cash_received set refunded_amount = -5, net_amount = -5 where refunds_count = 1;

-- sales.daily_sales net_amount:adds_up
update sales.daily_sales set sold_amount = sold_amount + 1;

-- sales.daily_sales totals:tied_to_record
delete from sales.daily_sales where document_date = '2025-02-10';

-- sales.daily_sales document_date:not_in_future
update sales.daily_sales set document_date = '2025-03-02' where currency_code = 'EUR';

-- sales.monthly_sales net_amount:adds_up
update sales.daily_sales set sold_amount = sold_amount + 1;
update sales.monthly_sales set sold_amount = sold_amount + trading_days_count;

-- sales.monthly_sales totals:tied_to_days
update sales.monthly_sales set trading_days_count = 20;

-- sales.product_sales net_amount:adds_up
update sales.product_sales set returned_amount = 0;

-- sales.product_sales totals:tied_to_record
delete from sales.product_sales where currency_code = 'EUR';

-- sales.country_sales net_amount:adds_up
update sales.country_sales set sold_amount = 0;

-- sales.country_sales totals:tied_to_record
delete from sales.country_sales where currency_code = 'EUR';

-- sales.country_sales country_code:mostly_known
update sales.country_sales set country_code = 'unknown' where currency_code = 'EUR';

-- sales.customer_sales net_amount:adds_up
update sales.customer_sales set sold_amount = -1;

-- sales.customer_sales totals:tied_to_record
delete from sales.customer_sales where currency_code = 'EUR';

-- sales.returns signs
update sales.returns set returned_quantity = 1;

-- sales.returns totals:tied_to_record
delete from sales.returns where kind = 'return';

-- sales.new_and_returning_customers totals:tied_to_record
update sales.new_and_returning_customers set unknown_net_amount = unknown_net_amount + 0.0001;

-- sales.best_sellers rank:in_order
update sales.best_sellers set rank = 3 where rank = 2;

-- sales.best_sellers net_amount:of_its_product
update sales.best_sellers set net_amount = 6 where currency_code = 'EUR';

-- service.service_levels counts:add_up
update service.service_levels set open_count = 2;

-- service.service_levels cases:tied_to_record
delete from service.service_levels where desk = 'it';

-- service.complaints counts:add_up
update service.complaints set customers_count = 2;

-- service.complaints complaints:tied_to_record
delete from service.complaints where origin = 'tickets';

-- compliance.contract_conformance rows_refused:at_most_checked
update compliance.contract_conformance set rows_checked = 0 where rows_refused = 1;

-- compliance.contract_conformance rows_refused:tied_to_quarantine
update compliance.contract_conformance set rows_refused = 0;

-- compliance.quarantine_reasons rows:tied_to_quarantine
update compliance.quarantine_reasons set rows_count = 2;

-- compliance.document_number_gaps documents:known
update compliance.document_number_gaps set before_document_id = '9999';

-- compliance.missing_days missing_date:missing
insert into compliance.missing_days by name
select 'shop' as source, 'sales_lines' as record, 'Monday' as weekday, cast('2025-02-24' as date) as missing_date;

-- compliance.duplicate_deliveries deliveries:tied
update compliance.duplicate_deliveries set deliveries_count = 2;

-- compliance.drift stop:kept
update compliance.drift set severity = 'stop';

-- compliance.published_files batches:tied
update compliance.published_files set rows_accepted = rows_accepted + 1;

-- compliance.invoice_differences difference_amount:adds_up
insert into compliance.invoice_differences by name
select 'receivable' as direction, '1001' as document_id, 'C1' as party_id, 'GBP' as currency_code,
30 as invoice_net_amount, 20 as lines_net_amount, 11 as difference_amount;

-- finance.changes_since_filed difference_amount:adds_up
insert into finance.changes_since_filed by name
select '2025-01' as period, 'balance sheet' as statement, 'equity' as section, 'share capital' as line,
    '3000' as account_code, 'GBP' as currency_code, 10 as filed_amount, 12 as current_amount,
    3 as difference_amount, 3 as entries_amount, 1 as entries_count, '9 (journal/9)' as entries;

-- finance.entries_since_filed period:closed
insert into finance.entries_since_filed by name
select '2025-01' as period, 'balance sheet' as statement, 'equity' as section, 'share capital' as line,
    '3000' as account_code, 'GBP' as currency_code, 9 as entry_no, 'journal/9' as entry_id, 1 as line_no,
    date '2025-01-31' as entry_date, 2 as amount, timestamptz '2025-02-09 00:00:00+00' as recorded_at;
