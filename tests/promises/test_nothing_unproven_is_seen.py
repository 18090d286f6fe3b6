"""Promise 2: readers beside many runs never wait, never fail, and never see half a run."""

import json
import subprocess
import sys
import textwrap
from datetime import UTC, date, datetime

from tasks.build import build_warehouse, load_company
from tasks.ingest import ingest_source
from tasks.publish import publish_building
from tasks.source.checking import load_source
from warehouse.home import Home

READER = textwrap.dedent(
    """
    import json
    import sys
    from pathlib import Path
    from warehouse.connection import connect

    published, stop = Path(sys.argv[1]), Path(sys.argv[2])
    answers = set()
    while not stop.exists():
        with connect(published, read_only=True) as connection:
            answers.add(connection.execute(
                "select (select count(*) from record.sales_lines), (select sum(lines_count) from sales.daily_sales), "
                "(select count(*) from operations.batches), (select count(*) from sales.gross_margin) > 0"
            ).fetchone())
    print(json.dumps(sorted((int(a), int(b), int(c), bool(d)) for a, b, c, d in answers)))
    """
)


def business_day(home, source, company, number):
    """A run as far as readers can notice it: load, build, publish."""
    moment = datetime(2025, 4, 1, number, tzinfo=UTC)
    ingest_source(home, source, moment)
    building = build_warehouse(home, date(2025, 3, 31), company, moment)
    publish_building(home, building)


def test_a_reader_in_a_loop_beside_ten_runs_sees_whole_versions_only(tmp_path, deliver, sources, environment):
    source, company = load_source(sources / "corner_shop.yml"), load_company(sources / "company.yml")
    home = Home(tmp_path)
    deliver(tmp_path, range(1, 2))
    business_day(home, source, company, 0)
    stop = tmp_path / "stop"
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(home.published), str(stop)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for day in range(2, 12):
        deliver(tmp_path, range(day, day + 1))
        business_day(home, source, company, day)
    stop.touch()
    answers, errors = reader.communicate(timeout=120)
    assert reader.returncode == 0, errors
    seen = json.loads(answers)
    # A version with n days holds 24 accepted lines a day in the record, in the sales table, and n batches.
    assert all(lines == sold == 24 * batches and has_statement for lines, sold, batches, has_statement in seen)
    assert len(seen) > 1
