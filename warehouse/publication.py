"""What a publication is: one state of the record, told by one set of models, as of one day, of one company."""

import hashlib
import json
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, timedelta

from warehouse.connection import connect
from warehouse.home import Home
from warehouse.macros import MACROS
from warehouse.models import Model, read_models

STATE = (
    "select batch_id, mapping, status, rows from operations.batches order by batch_no",
    "select batch_id, record, rows_accepted, rows_unchanged, rows_quarantined, rows_out_of_scope from operations.loads",
    "select batch_id, record, rule, rows from operations.out_of_scope",
    "select batch_id, record, status, count(*) from operations.quarantine group by all",
    "select source, file_name, file, status from operations.deliveries",
    "select * from operations.drift",
    "select * from operations.catalogue",
    "select * from operations.rules",
    "select * from operations.chart_of_accounts",
    "select * from operations.account_types",
    "select * from operations.posting_rules",
    "select * from operations.journal_sources",
    "select * from operations.role_fallbacks",
    "select * from operations.unposted_documents",
    "select period, last_date, last_entry_no, reason from operations.closings",
    "select * from operations.filed_files",
    "select count(*), bit_xor(hash(posted)) from (select * exclude (recorded_at) from store.ledger_lines) as posted",
)
"""What the published tables are made from, without the moments at which it arrived. The rows themselves need not be
read: they are the same when their batch (the bytes of its file) and its mapping are. Batches stand in the order of
loading, which decides between versions of reference data."""


@dataclass(frozen=True)
class Company:
    """Whose books these are."""

    name: str
    reporting_currency: str
    financial_year_end: str = "12-31"
    """Month and day; of a month that is shorter, its last day."""
    ageing_days: tuple[int, ...] = (30, 60, 90)
    """After how many days overdue an open document goes to the next bucket."""
    late_entries: str = "refuse"
    """What becomes of an entry into a closed period: `refuse` keeps it out, `allow` posts it on its own day."""

    def financial_year_start(self, day: date) -> date:
        """The first day of the financial year that holds a day."""
        ends = (
            self.financial_year_end_of(day.year - 2),
            self.financial_year_end_of(day.year - 1),
            self.financial_year_end_of(day.year),
        )
        return max(end for end in ends if end < day) + timedelta(days=1)

    def financial_year_end_of(self, year: int) -> date:
        """The last day of the financial year that ends in a year."""
        month, day = (int(part) for part in self.financial_year_end.split("-"))
        return date(year, month, min(day, monthrange(year, month)[1]))


def publication_id(
    home: Home, as_of: date, company: Company, models: Iterable[Model] | None = None, contracts: str = ""
) -> str:
    """The same twelve characters for the same tables under the same contracts, whenever and wherever they are made."""
    models = read_models() if models is None else models
    sql = [*((model.name, model.sql) for model in models), *(astuple(macro) for macro in MACROS)]
    digest = hashlib.sha256()
    for part in (as_of.isoformat(), astuple(company), sql, contracts, _state(home)):
        digest.update(json.dumps(part).encode())
    return digest.hexdigest()[:12]


def _state(home: Home) -> list[list[list[str]]]:
    with connect(home.warehouse, read_only=True) as connection:
        answers = [connection.execute(query).fetchall() for query in STATE]
    in_order = [[[str(value) for value in row] for row in answer] for answer in answers]
    return in_order[:1] + [sorted(answer) for answer in in_order[1:]]


def current_publication(home: Home) -> str | None:
    """The identity of what analysts see now; None before the first publication."""
    if not home.published.exists():
        return None
    with connect(home.published, read_only=True) as connection:
        (identity,) = connection.execute("select publication_id from core.as_of").fetchall()[0]
    return str(identity)
