-- A company of one source small enough to read: every record has rows, and every published table has some too.
insert into operations.batches
    (batch_no, batch_id, source, file, file_name, landed, bytes, rows, status, reason, mapping, recorded_at)
values
    (1, 'shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'books.csv', 'landing/shop/aaaaaaaaaaaa.csv', 900, 40, 'loaded', null, 'm', '2025-03-01 08:00:00+00'),
    (2, 'shop-bbbbbbbbbbbb', 'shop', 'bbbbbbbbbbbb', 'cut.csv', 'landing/shop/bbbbbbbbbbbb.csv', 9, 0, 'refused', 'the file is cut off', 'm', '2025-03-01 09:00:00+00');

insert into operations.deliveries (source, file_name, file, bytes, modified_at, status, received_at)
values
    ('shop', 'books.csv', 'aaaaaaaaaaaa', 900, '2025-03-01 07:00:00+00', 'new', '2025-03-01 08:00:00+00'),
    ('shop', 'cut.csv', 'bbbbbbbbbbbb', 9, '2025-03-01 07:00:00+00', 'new', '2025-03-01 09:00:00+00'),
    ('shop', 'books again.csv', 'aaaaaaaaaaaa', 900, '2025-03-02 07:00:00+00', 'duplicate', '2025-03-02 08:00:00+00');

insert into operations.loads
    (batch_id, source, file, record, rows_extracted, rows_accepted, rows_unchanged, rows_quarantined, rows_out_of_scope, loaded_at)
values
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'customers', 2, 2, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'products', 2, 2, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'sales_lines', 30, 7, 21, 1, 1, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'invoices', 6, 6, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'payments', 3, 3, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'suppliers', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'employees', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'departments', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'purchase_lines', 3, 3, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'expense_claims', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'payslips', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'bank_transactions', 2, 2, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'stock_movements', 2, 2, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'budget_lines', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'interactions', 2, 2, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'tickets', 2, 2, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'ticket_events', 2, 2, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'documents', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'accounts', 23, 23, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'tax_codes', 2, 2, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'exchange_rates', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'currencies', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'countries', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'vat_rates', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'journals', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'journal_lines', 2, 2, 0, 0, 0, '2025-03-01 08:00:00+00'),
    ('shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 'fixed_assets', 1, 1, 0, 0, 0, '2025-03-01 08:00:00+00');

insert into operations.out_of_scope (batch_id, source, record, rule, rows)
values ('shop-aaaaaaaaaaaa', 'shop', 'sales_lines', 'postage', 1);

insert into operations.drift (batch_id, source, column_name, change, severity, usual, found, sentence)
values
    ('shop-aaaaaaaaaaaa', 'shop', 'colour', 'added', 'warn', 'none', 'there', 'shop: books.csv has a new column'),
    ('shop-bbbbbbbbbbbb', 'shop', null, 'volume', 'stop', '40', '400', 'shop: cut.csv holds 400 rows');

insert into operations.quarantine (batch_id, source, file, row, record, rules, reasons, raw, status)
values (
    'shop-aaaaaaaaaaaa', 'shop', 'aaaaaaaaaaaa', 9, 'sales_lines',
    ['net_amount_adds_up'], ['net_amount is quantity times unit_price_amount, to the cent'], '{"net": "1"}', 'open'
);

insert into store.customers (customer_id, customer_name, email, country_code, _row, _batch)
values
    ('C1', 'Ada Lovelace', 'ada@example.org', 'GB', 1, 1),
    ('C2', 'Grace Hopper', null, 'US', 2, 1);

insert into store.products (product_id, product_name, category, list_price_amount, cost_amount, currency_code, _row, _batch)
values
    ('P1', 'Mug', 'kitchen', 5, 2, 'GBP', 1, 1),
    ('P2', 'Lamp', 'light', 20, null, 'GBP', 2, 1);

insert into store.sales_lines
    (document_id, line_no, document_type, document_date, customer_id, product_id, quantity, unit_price_amount, net_amount, tax_amount, currency_code, country_code, _row, _batch)
values
    ('1001', 1, 'invoice', '2025-01-06', 'C1', 'P1', 2, 5, 10, 2, 'GBP', 'GB', 1, 1),
    ('1001', 2, 'invoice', '2025-01-06', 'C1', 'P2', 1, 20, 20, 4, 'GBP', 'GB', 2, 1),
    ('1003', 1, 'invoice', '2025-01-20', 'C2', 'P1', 10, 5, 50, 10, 'GBP', 'US', 3, 1),
    ('1004', 1, 'credit_note', '2025-01-20', 'C2', 'P1', -10, 5, -50, -10, 'GBP', 'US', 4, 1),
    ('1005', 1, 'invoice', '2025-02-10', 'C1', 'P2', 2, 20, 40, 8, 'GBP', 'GB', 5, 1),
    ('1006', 1, 'credit_note', '2025-02-17', 'C1', 'P2', -1, 20, -20, -4, 'GBP', 'GB', 6, 1),
    ('1007', 1, 'invoice', '2025-02-24', null, 'P1', 1, 5, 5, 1, 'EUR', 'FR', 7, 1);

insert into store.invoices
    (direction, document_id, document_type, party_id, document_date, due_date, currency_code, net_amount, tax_amount, gross_amount, _row, _batch)
values
    ('receivable', '1001', 'invoice', 'C1', '2025-01-06', '2025-02-05', 'GBP', 30, 6, 36, 1, 1),
    ('receivable', '1003', 'invoice', 'C2', '2025-01-20', '2025-02-19', 'GBP', 50, 10, 60, 5, 1),
    ('receivable', '1004', 'credit_note', 'C2', '2025-01-20', '2025-01-20', 'GBP', -50, -10, -60, 6, 1),
    ('receivable', '1005', 'invoice', 'C1', '2025-02-10', '2025-03-12', 'GBP', 40, 8, 48, 2, 1),
    ('receivable', '1006', 'credit_note', 'C1', '2025-02-17', '2025-02-17', 'GBP', -20, -4, -24, 3, 1),
    ('payable', 'S-77', 'invoice', 'S1', '2025-01-10', '2025-02-09', 'GBP', 100, 20, 120, 4, 1);

insert into store.payments (payment_id, direction, party_id, document_id, payment_date, method_code, currency_code, amount, _row, _batch)
values
    ('Z1', 'in', 'C1', '1001', '2025-02-03', 'card', 'GBP', 30, 1, 1),
    ('Z2', 'out', 'C1', '1006', '2025-02-20', 'transfer', 'GBP', 4, 2, 1),
    ('Z3', 'out', 'S1', 'S-77', '2025-02-21', 'transfer', 'GBP', 20, 3, 1);

insert into store.interactions (interaction_id, customer_id, channel_code, direction, started_at, topic, is_complaint, _row, _batch)
values
    ('I1', 'C1', 'call', 'inbound', '2025-02-10 09:00:00+00', 'delivery', true, 1, 1),
    ('I2', 'C2', 'mail', 'inbound', '2025-02-24 09:00:00+00', null, false, 2, 1);

insert into store.tickets
    (desk, ticket_id, customer_id, status, priority, category, opened_at, first_response_at, resolved_at, reopened_count, is_sla_met, _row, _batch)
values
    ('complaints', 'T1', 'C1', 'resolved', 2, 'damage', '2025-02-10 10:00:00+00', '2025-02-10 11:00:00+00', '2025-02-12 10:00:00+00', 1, true, 1, 1),
    ('it', 'T2', null, 'open', 3, null, '2025-02-24 10:00:00+00', null, null, 0, null, 2, 1);

insert into store.ticket_events (desk, ticket_id, event_no, event_type, occurred_at, _row, _batch)
values
    ('complaints', 'T1', 1, 'opened', '2025-02-10 10:00:00+00', 1, 1),
    ('it', 'T2', 1, 'opened', '2025-02-24 10:00:00+00', 2, 1);

insert into store.documents (document_id, direction, channel_code, received_at, subject, responsible_id, _row, _batch)
values ('L1', 'in', 'mail', '2025-02-24 09:00:00+00', 'An order', 'E1', 1, 1);

insert into store.accounts (account_code, account_name, account_type, role, _row, _batch)
values
    ('1000', 'Bank', 'bank', 'bank', 1, 1),
    ('1100', 'Debtors', 'current_asset', 'receivables', 2, 1),
    ('1150', 'Input tax', 'current_asset', 'input_tax', 3, 1),
    ('1520', 'Equipment', 'fixed_asset', 'fixed_assets', 4, 1),
    ('1529', 'Depreciation of equipment to date', 'fixed_asset', 'accumulated_depreciation', 5, 1),
    ('2000', 'Creditors', 'current_liability', 'payables', 6, 1),
    ('2200', 'Output tax', 'current_liability', 'output_tax', 7, 1),
    ('4000', 'Sales', 'revenue', 'revenue', 8, 1),
    ('5100', 'Purchases', 'direct_costs', 'purchases', 9, 1),
    ('6100', 'Rent', 'expense', null, 10, 1),
    ('6700', 'Depreciation', 'depreciation', 'depreciation', 11, 1),
    ('7100', 'Realised exchange differences', 'finance_costs', 'exchange_gain_realised', 12, 1),
    ('7110', 'Unrealised exchange differences', 'finance_costs', 'exchange_gain_unrealised', 13, 1),
    ('1200', 'Stock', 'inventory', 'inventory', 14, 1),
    ('2050', 'Goods received not invoiced', 'current_liability', 'goods_received', 15, 1),
    ('2300', 'Wages payable', 'current_liability', 'wages_payable', 16, 1),
    ('2310', 'Payroll tax', 'current_liability', 'payroll_tax_payable', 17, 1),
    ('2320', 'Expense claims', 'current_liability', 'employee_payable', 18, 1),
    ('5000', 'Cost of sales', 'direct_costs', 'cost_of_sales', 19, 1),
    ('6000', 'Wages', 'expense', 'wages', 20, 1),
    ('6010', 'Social security', 'expense', 'social_security', 21, 1),
    ('6600', 'Other expenses', 'expense', 'expense_claims', 22, 1),
    ('3100', 'Retained earnings', 'equity', 'retained_earnings', 23, 1);

insert into store.tax_codes (tax_code, tax_name, direction, rate_pct, valid_from_date, _row, _batch)
values
    ('S20', 'Sales tax 20%', 'output', 20, '2011-01-04', 1, 1),
    ('P20', 'Purchase tax 20%', 'input', 20, '2011-01-04', 2, 1);

insert into store.exchange_rates (currency_code, base_currency_code, rate_date, rate, _row, _batch)
values ('EUR', 'GBP', '2025-02-24', 1.2, 1, 1);

insert into store.currencies (currency_code, entity_name, currency_name, currency_number, decimals_count, _row, _batch)
values ('GBP', 'UNITED KINGDOM', 'Pound Sterling', '826', 2, 1, 1);

insert into store.countries (country_code, country_code_3, country_number, country_name, _row, _batch)
values ('GB', 'GBR', '826', 'United Kingdom', 1, 1);

insert into store.vat_rates (territory_codes, country_code, rate_type, rate_pct, valid_from_date, _row, _batch)
values ('GB', 'GB', 'standard', 20, '2011-01-04', 1, 1);

insert into store.journals (journal_id, entry_date, _row, _batch)
values ('J1', '2025-01-31', 1, 1);

insert into store.journal_lines
    (journal_id, line_no, entry_date, account_code, amount, currency_code, tax_code, description, _row, _batch)
values
    ('J1', 1, '2025-01-31', '6100', 500, 'GBP', 'P20', 'Rent of January', 1, 1),
    ('J1', 2, '2025-01-31', '1000', -500, 'GBP', null, 'Rent of January', 2, 1);

insert into store.fixed_assets
    (asset_id, asset_name, acquired_date, cost_amount, residual_amount, useful_life_months, currency_code, _row, _batch)
values ('A1', 'Till', '2025-01-02', 1200, 0, 12, 'GBP', 1, 1);

insert into store.departments (department_id, department_name, _row, _batch)
values ('D1', 'Warehouse', 1, 1);

insert into store.suppliers (supplier_id, supplier_name, country_code, currency_code, payment_terms_days, _row, _batch)
values ('S1', 'Pottery Ltd', 'GB', 'GBP', 30, 1, 1);

insert into store.employees (employee_id, employee_name, department_id, hired_date, _row, _batch)
values ('E1', 'Mary Somerville', 'D1', '2020-01-01', 1, 1);

insert into store.purchase_lines
    (supplier_id, document_id, line_no, document_type, document_date, product_id, quantity, unit_price_amount, net_amount, tax_amount, currency_code, department_id, _row, _batch)
values
    ('S1', 'S-77', 1, 'invoice', '2025-01-10', 'P1', 40, 2, 80, 16, 'GBP', null, 1, 1),
    ('S1', 'S-77', 2, 'invoice', '2025-01-10', null, 1, 20, 20, 4, 'GBP', 'D1', 2, 1),
    ('S1', 'S-78', 1, 'invoice', '2025-02-17', null, 1, 5, 5, 1, 'GBP', 'D1', 3, 1);

insert into store.expense_claims
    (claim_id, line_no, employee_id, expense_date, claim_date, category_code, net_amount, tax_amount, gross_amount, currency_code, department_id, _row, _batch)
values ('X1', 1, 'E1', '2025-02-03', '2025-02-05', 'travel', 10, 2, 12, 'GBP', 'D1', 1, 1);

insert into store.payslips
    (payslip_id, employee_id, period_start_date, period_end_date, payment_date, currency_code, gross_pay_amount, employee_tax_amount, employee_social_amount, employer_social_amount, net_pay_amount, department_id, _row, _batch)
values ('L1', 'E1', '2025-02-01', '2025-02-28', '2025-02-26', 'GBP', 30, 5, 5, 6, 20, 'D1', 1, 1);

insert into store.bank_transactions
    (bank_account_id, statement_id, line_no, booking_date, amount, currency_code, transaction_type_code, balance_after_amount, _row, _batch)
values
    ('current', '2025-02', 1, '2025-02-03', 30, 'GBP', 'card', 130, 1, 1),
    ('current', '2025-02', 2, '2025-02-20', -4, 'GBP', 'transfer', 126, 2, 1);

insert into store.stock_movements
    (movement_id, product_id, movement_date, movement_type, quantity, unit_cost_amount, currency_code, document_id, _row, _batch)
values
    ('M1', 'P1', '2025-01-10', 'receipt', 40, 2, 'GBP', 'S-77', 1, 1),
    ('M2', 'P1', '2025-02-24', 'issue', -2, 2, 'GBP', '1001', 2, 1);

insert into store.budget_lines (budget_id, line_no, account_code, department_id, period_start_date, amount, currency_code, _row, _batch)
values ('2025', 1, '4000', 'D1', '2025-01-01', 100, 'GBP', 1, 1);
