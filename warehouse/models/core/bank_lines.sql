-- One row is a line of a bank statement, or of the ledger on a bank account, with the marks by which one is found in
-- the other: hashes of its texts, since what payers write is nobody's business here.
with

bank_accounts as (
    select account_code, role from core.accounts
    where account_type = 'bank'
),

main_account as (
    select account_code from bank_accounts
    where role = 'bank'
),

-- Money of all accounts that have no number of their own in the books stands on the one account of the role.
statements as (
    select
        transactions.* exclude (account_code),
        transactions.bank_account_id || '/' || transactions.statement_id || '/' || transactions.line_no as line_id,
        coalesce(named.account_code, main.account_code, transactions.bank_account_id) as account_code,
    from record.bank_transactions as transactions
    left join bank_accounts as named on transactions.bank_account_id = named.account_code
    left join main_account as main on true
    where transactions.booking_date <= getvariable('as_of_date')
),

-- What an account held before its first line is on the statement, too, though not as a line.
openings as (
    select
        'statement' as side,
        bank_account_id,
        bank_account_id || '/opening' as line_id,
        account_code,
        currency_code,
        min(booking_date) as line_date,
        arg_min(balance_after_amount - amount, (booking_date, statement_id, line_no)) as amount,
        null as entry_no,
        null as entry_id,
        null as method_code,
        [] as marks,
        null as reference_mark,
        [] as party_marks,
        'opening of ' || account_code || ' in ' || currency_code as known_as,
        arg_min(
            struct_pack(_source := _source, _file := _file, _row := _row), (booking_date, statement_id, line_no)
        ) as trail,
    from statements
    group by bank_account_id, account_code, currency_code
),

words as (
    select
        line_id,
        list(distinct hash(word)) as marks,
    from (
        select
            line_id,
            unnest(
                list_append(string_split_regex(lower(reference), '[\s,;:]+'), lower(trim(reference)))
            ) as word,
        from statements
    ) as texts
    where regexp_matches(word, '\d')
    group by line_id
),

parties as (
    select party_id, list(hash(lower(trim(mark)))) as party_marks
    from (
        select customer_id as party_id, customer_name as mark from record.customers
        union all
        select supplier_id, unnest([supplier_name, iban]) from record.suppliers
        union all
        select employee_id, unnest([employee_name, iban]) from record.employees
    ) as names
    where mark is not null
    group by party_id
),

reversed as (
    select distinct reverses_entry_no as entry_no
    from core.ledger_lines
    where reverses_entry_no is not null
),

book_lines as (
    select
        'book' as side,
        null as bank_account_id,
        lines.entry_no || '/' || lines.line_no as line_id,
        lines.account_code,
        lines.currency_code,
        lines.entry_date as line_date,
        lines.currency_amount as amount,
        lines.entry_no,
        lines.entry_id,
        payments.method_code,
        [
            hash(lower(mark)) for mark in [trim(payments.reference), payments.document_id, lines.document_id]
            if mark is not null
        ] as marks,
        hash(lower(trim(payments.reference))) as reference_mark,
        parties.party_marks,
        case
            when lines.reverses_entry_no is not null or reversed.entry_no is not null
                then 'correction of entry ' || coalesce(lines.reverses_entry_no, lines.entry_no)
            when lines.document_kind in ('bank_fee', 'bank_transaction') then lines.document_id
            when lines.document_kind = 'opening_balance'
                then 'opening of ' || lines.account_code || ' in ' || lines.currency_code
        end as known_as,
        struct_pack(_source := lines._source, _file := lines._file, _row := lines._row) as trail,
    from core.ledger_lines as lines
    inner join bank_accounts on lines.account_code = bank_accounts.account_code
    left join reversed on lines.entry_no = reversed.entry_no
    left join record.payments as payments
        on if(regexp_matches(lines.document_kind, '_(payment|refund)$'), lines.document_id, null) = payments.payment_id
    left join parties on coalesce(payments.party_id, lines.party_id) = parties.party_id
    -- A revaluation moves what money is worth, and no money.
    where lines.currency_amount <> 0
),

statement_lines as (
    select
        'statement' as side,
        bank_account_id,
        statements.line_id,
        account_code,
        currency_code,
        booking_date as line_date,
        amount,
        null as entry_no,
        null as entry_id,
        transaction_type_code as method_code,
        coalesce(words.marks, []) as marks,
        hash(lower(trim(reference))) as reference_mark,
        [
            hash(lower(trim(mark))) for mark in [counterparty_name, counterparty_iban] if mark is not null
        ] as party_marks,
        statements.line_id as known_as,
        struct_pack(_source := _source, _file := _file, _row := _row) as trail,
    from statements
    left join words on statements.line_id = words.line_id
)

select * from book_lines
union all
select * from statement_lines
union all
select * from openings
where amount <> 0
