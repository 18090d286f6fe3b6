"""Build: every table that analysts read, made beside the published ones, when there is something to make them of."""

import os
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import schemas
from tasks.errors import CountinghouseError, UsageError
from tasks.source.choosing import SOURCES
from tasks.source.reading import read_document
from tasks.store import open_store
from warehouse.build import build, remove_leftovers
from warehouse.home import Home
from warehouse.models import ModelError
from warehouse.publication import Company, current_publication, publication_id

COMPANY = ("name", "reporting_currency")
"""What `company.yml` says."""

MAY_SAY = ("financial_year_end", "ageing_days", "late_entries")
"""What it may say beside them."""


@dataclass(frozen=True)
class Building:
    """A built warehouse that is not published."""

    path: Path
    publication_id: str


def load_company(file: Path | None = None) -> Company:
    """Whose books these are: the file, else the one that COUNTINGHOUSE_COMPANY names, else `sources/company.yml`.

    Raises UsageError when it says something else than a name, a reporting currency, when a financial year ends, the
    days by which open documents are aged and whether late entries are allowed.
    """
    file = file or Path(os.environ.get("COUNTINGHOUSE_COMPANY") or SOURCES / "company.yml")
    if not file.is_file():
        raise UsageError(f"{file}: there is no such file; it says the company's name and reporting_currency")
    document = read_document(file)
    said = {key: value for key, value in document.values.items() if isinstance(value, str)}
    if not set(COMPANY) <= set(said) <= {*COMPANY, *MAY_SAY} or len(said) != len(document.values):
        raise UsageError(f"{file}:1: say {' and '.join(COMPANY)}, if you like {', '.join(MAY_SAY)}, and nothing else")
    if not re.fullmatch("[A-Z]{3}", said["reporting_currency"]):
        raise UsageError(f"{document.at(('reporting_currency',))}: reporting_currency is an ISO 4217 code such as EUR")
    if not re.fullmatch("(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", said.get("financial_year_end", "12-31")):
        raise UsageError(f"{document.at(('financial_year_end',))}: financial_year_end is month and day, such as 12-31")
    if said.get("late_entries", "refuse") not in ("refuse", "allow"):
        raise UsageError(f"{document.at(('late_entries',))}: late_entries is refuse or allow")
    days = [int(day) for day in re.findall("[0-9]+", said.pop("ageing_days", "30, 60, 90"))]
    if not days or days != sorted(set(days)) or days[0] == 0:
        raise UsageError(f"{document.at(('ageing_days',))}: ageing_days are days in rising order, such as 30, 60, 90")
    return Company(**said, ageing_days=tuple(days))


def table_contracts() -> str:
    """What the audit holds the tables to, as written: under another contract the same tables are to be proven again."""
    folder = Path(schemas.__file__).parent
    files = [folder / "table.py", folder / "tie_out.py", *folder.glob("tables/*.py"), *folder.glob("tie_outs/*.py")]
    return "".join(file.read_text() for file in sorted(files))


def build_warehouse(home: Home, as_of: date, company: Company, published_at: datetime | None = None) -> Building | None:
    """Build what is to be published; None when the same tables are published already."""
    # Opening brings the tables and the catalogue to what today's contracts say; both are part of what is published.
    open_store(home).close()
    remove_leftovers(home)
    contracts = table_contracts()
    identity = publication_id(home, as_of, company, contracts=contracts)
    if identity == current_publication(home):
        return None
    try:
        return Building(build(home, as_of, company, published_at, contracts), identity)
    except ModelError as error:
        raise CountinghouseError(str(error)) from error
