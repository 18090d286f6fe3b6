"""The record of purchase lines at rest."""

from schemas.records.purchase_lines import PurchaseLines
from schemas.table import known, no_row, record_table

TABLE = record_table(
    PurchaseLines,
    known("supplier_id", "suppliers.supplier_id"),
    known("product_id", "products.product_id"),
    known("department_id", "departments.department_id"),
    no_row(
        "documents:one_currency",
        "all lines of a document are in one currency",
        """
        select supplier_id, document_id, count(distinct currency_code) as currencies_count
        from {batch}
        group by all
        having count(distinct currency_code) > 1""",
        "warn",
    ),
    no_row(
        "documents:one_day",
        "all lines of a document are of one day",
        """
        select supplier_id, document_id, count(distinct document_date) as days_count
        from {batch}
        group by all
        having count(distinct document_date) > 1""",
        "warn",
    ),
)
