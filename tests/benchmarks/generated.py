"""Sales lines as a shop's system would export them, generated, with one bad row in two hundred."""

from __future__ import annotations

import json
import sys
from pathlib import Path

BAD_EVERY = 200
"""One row in 200 is bad: 0.5%, what a careless but honest export looks like."""

KINDS = {
    "quantity is a word": ("quantity:cast",),
    "price has a letter": ("unit_price_amount:cast",),
    "the day does not exist": ("document_date:cast",),
    "the currency is spelled out": ("currency_code:str_matches",),
    "an invoice with a negative quantity": ("quantity_has_the_sign_of_its_document",),
    "net amount is one off": ("net_amount_adds_up",),
    "no document number": ("document_id:required",),
    "two fields are missing": ("structure:columns",),
    "two fields too many": ("structure:columns",),
    "a country by its name": ("country_code:str_matches",),
}
"""What is wrong with the bad rows, each kind as often as the next, and the rules that must refuse it."""

HEADER = (
    "InvoiceNo,Line,Type,InvoiceDate,OrderedAt,Customer,Product,Description,"
    "Quantity,UnitPrice,NetAmount,TaxAmount,Currency,Country,Note"
)

ROWS = """
with

numbered as (
    select
        i,
        i // 5 as document,
        if(i % {bad_every} = 7, (i // {bad_every}) % {kinds}, null) as kind,
        document % 40 = 0 as is_credit,
        (hash(i + 1) % 20 + 1)::bigint as units,
        (hash(i + 2) % 10000 + 1)::bigint as pence,
        timestamp '2024-01-01' + to_seconds(document * 6) as ordered_at,
    from range({rows}) as rows(i)
),

priced as (
    select
        *,
        if(is_credit, -units, units) * if(kind = 4, -1, 1) as quantity,
        (pence / 100)::decimal(18, 2) as price,
        (quantity * pence / 100)::decimal(18, 2) as net,
    from numbered
),

fields as (
    select
        [
            if(kind = 6, '', 'INV' || lpad(document::varchar, 9, '0')),
            (i % 5 + 1)::varchar,
            if(is_credit, 'credit note', 'invoice'),
            if(kind = 2, '2024-02-31', ordered_at::date::varchar),
            ordered_at::varchar,
            'C' || lpad((hash(document) % 500000)::varchar, 7, '0'),
            'P' || lpad((hash(i) % 20000)::varchar, 6, '0'),
            'Product description number ' || (hash(i) % 20000),
            if(kind = 0, 'dozen', quantity::varchar),
            if(kind = 1, '12.5O', price::varchar),
            (net + if(kind = 5, 1, 0))::varchar,
            (net * 0.19)::decimal(18, 2)::varchar,
            if(kind = 3, 'Euro', ['EUR', 'GBP', 'USD'][(hash(document) % 3 + 1)::int]),
            if(kind = 9, 'Germany', ['DE', 'FR', 'GB', 'US', 'NL'][(hash(document) % 5 + 1)::int]),
            '"' || if(i % 100 < {changed_pct}, 'altered afterwards; ', '')
            || if(hash(i) % 3 = 0, 'leave it with the neighbour, ring ""twice"",' || chr(10) || 'thank you; ', '')
            || md5(i::varchar) || '"',
        ] as line,
        kind,
    from priced
)

select array_to_string(if(kind = 7, line[:13], if(kind = 8, line || ['?', '?'], line)), ',') as line
from fields
"""


def bad_rows(rows: int) -> int:
    """How many of the first so many rows are bad."""
    return len(range(7, rows, BAD_EVERY))


def changed_rows(rows: int, changed_pct: int) -> int:
    """How many of the first so many rows carry another note; none of them is bad."""
    return sum(len(range(first, rows, 100)) for first in range(changed_pct))


def readable_rows(rows: int) -> int:
    """How many of the first so many rows a typed reader can read: casts and fields are right, rules unasked."""
    unreadable = sum(
        len(range(7 + kind * BAD_EVERY, rows, BAD_EVERY * len(KINDS)))
        for kind, rules in enumerate(KINDS.values())
        if any(rule.endswith(":cast") or rule.startswith("structure:") for rule in rules)
    )
    return rows - unreadable


def accounted(rows: int, changed_pct: int | None = None) -> dict[str, int]:
    """Where the rows of a load must end up: the first delivery's, or a later one's with so many of a hundred changed.

    Sales lines are posted documents: a changed one is refused, not stored as a new version.
    """
    bad = bad_rows(rows)
    if changed_pct is None:
        return {"extracted": rows, "accepted": rows - bad, "unchanged": 0, "quarantined": bad, "out_of_scope": 0}
    refused = bad + changed_rows(rows, changed_pct)
    return {"extracted": rows, "accepted": 0, "unchanged": rows - refused, "quarantined": refused, "out_of_scope": 0}


def write(path: Path, rows: int, changed_pct: int = 0) -> None:
    """Write the file; with `changed_pct`, so many of a hundred rows carry another note than the first time."""
    # Not above: the bench reads the counts from here, and must stay small (see process.measure).
    import duckdb

    lines = ROWS.format(rows=rows, bad_every=BAD_EVERY, kinds=len(KINDS), changed_pct=changed_pct)
    body = path.with_suffix(".body")
    with duckdb.connect() as connection:
        # The lines are whole, quotes included: the writer must add nothing.
        connection.execute(f"copy ({lines}) to '{body}' (format csv, header false, quote '', delimiter '\x1f')")
    with path.open("wb") as out, body.open("rb") as lines_written:
        out.write(HEADER.encode() + b"\n")
        while chunk := lines_written.read(1 << 24):
            out.write(chunk)
    body.unlink()


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps({"seconds": 0}))
