"""The record of invoices at rest."""

from schemas.records.invoices import Invoices
from schemas.table import no_row, record_table

TABLE = record_table(
    Invoices,
    # It only warns, as everything that is not found: a list that comes a day late must not keep the day from anybody.
    no_row(
        "party_id:known",
        "whoever owes is a known customer and whoever is owed a known supplier, where the company keeps them",
        """
        select distinct direction, party_id
        from {batch}
        where
            (
                direction = 'receivable'
                and exists (from record.customers)
                and party_id not in (select customer_id from record.customers)
            )
            or (
                direction = 'payable'
                and exists (from record.suppliers)
                and party_id not in (select supplier_id from record.suppliers)
            )""",
        "warn",
        "party_id",
    ),
)
