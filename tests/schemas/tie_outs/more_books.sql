-- What the small company lacks to have an entry of every kind: money to and from everybody, the bank's own lines, journals.
insert into store.payments (payment_id, direction, party_id, document_id, payment_date, method_code, currency_code, amount, _row, _batch)
values
    ('Z4', 'in', 'S1', 'S-77', '2025-02-22', 'transfer', 'GBP', 5, 4, 1),
    ('Z5', 'out', 'E1', 'L1', '2025-02-26', 'transfer', 'GBP', 20, 5, 1),
    ('Z6', 'in', 'C2', null, '2025-02-27', 'transfer', 'GBP', 7, 6, 1);

insert into store.invoices
    (direction, document_id, document_type, party_id, document_date, due_date, currency_code, net_amount, tax_amount, gross_amount, _row, _batch)
values
    ('receivable', '1007', 'invoice', 'C1', '2025-02-24', '2025-03-24', 'EUR', 5, 1, 6, 7, 1),
    ('payable', 'S-79', 'credit_note', 'S1', '2025-02-18', '2025-02-18', 'GBP', -10, -2, -12, 8, 1);

insert into store.exchange_rates (currency_code, base_currency_code, rate_date, rate, _row, _batch)
values ('EUR', 'GBP', '2025-02-28', 1.25, 2, 1);

insert into store.bank_transactions
    (bank_account_id, statement_id, line_no, booking_date, amount, currency_code, transaction_type_code, account_code, _row, _batch)
values
    ('1000', '2025-02', 1, '2025-02-28', -3, 'GBP', 'fee', null, 1, 1),
    ('1000', '2025-02', 2, '2025-02-28', -9, 'GBP', null, '6100', 2, 1);

insert into store.accounts (account_code, account_name, account_type, role, _row, _batch)
values ('6500', 'Bank fees', 'expense', 'bank_fees', 19, 1), ('3000', 'Capital', 'equity', 'share_capital', 20, 1);

insert into store.journal_lines
    (journal_id, line_no, entry_date, entry_type, journal, account_code, amount, currency_code, reversal_date, _row, _batch)
values
    ('J2', 1, '2025-01-01', 'opening_balance', null, '1000', 1000, 'GBP', null, 3, 1),
    ('J2', 2, '2025-01-01', 'opening_balance', null, '3000', -1000, 'GBP', null, 4, 1),
    ('J3', 1, '2025-01-31', 'accrual', null, '6100', 40, 'GBP', '2025-02-01', 5, 1),
    ('J3', 2, '2025-01-31', 'accrual', null, '2000', -40, 'GBP', '2025-02-01', 6, 1);
