"""What the company owes, by age."""

from schemas.tables.receivables_ageing import ageing

TABLE = ageing("payable")
