"""The record of sales lines at rest."""

from schemas.records.sales_lines import SalesLines
from schemas.table import known, no_row, record_table

TABLE = record_table(
    SalesLines,
    known("customer_id", "customers.customer_id"),
    known("product_id", "products.product_id"),
    no_row(
        "documents:one_currency",
        "all lines of a document are in one currency",
        """
        select document_id, count(distinct currency_code) as currencies
        from {batch}
        group by _source, document_id
        having count(distinct currency_code) > 1""",
        "warn",
    ),
    no_row(
        "documents:one_day",
        "all lines of a document are of one day",
        """
        select document_id, min(document_date) as first_date, max(document_date) as last_date
        from {batch}
        group by _source, document_id
        having min(document_date) <> max(document_date)""",
        "warn",
    ),
)
