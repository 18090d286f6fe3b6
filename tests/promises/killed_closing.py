"""Close a month, and be killed without warning at a named step: `killed_closing.py <home> [<step> <place> <nth>]`.

The steps are those of the flow, in its order, without the audit and the pack, which take long and store nothing of it.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from tasks.build import build_warehouse
from tasks.close import check_closable, file_period, set_aside
from tasks.periods import read_period
from tasks.post import post_documents
from tasks.publish import publish_building
from tasks.source.choosing import SOURCES
from tasks.tie_out import tie_out
from warehouse.home import Home
from warehouse.publication import Company

COMPANY = Company("Corner shop", "EUR")
MARCH = read_period("2025-03", COMPANY)
MOMENT = datetime(2025, 4, 2, 6, tzinfo=UTC)


def close_march(home: Home, sources: Path) -> None:
    """What the flow `close` does."""
    post_documents(home, COMPANY, MARCH.last, MOMENT, sources)
    check_closable(home, MARCH, MOMENT, "every day has a wrong row")
    aside = set_aside(home, MARCH)
    building = build_warehouse(aside, MARCH.last, COMPANY, MOMENT)
    assert building is not None
    tie_out(building.path)
    publish_building(aside, building)
    file_period(home, aside, COMPANY, MARCH, building.publication_id, MOMENT, "every day has a wrong row")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        from killed_run import arm

        arm(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    close_march(Home(Path(sys.argv[1])), SOURCES)
