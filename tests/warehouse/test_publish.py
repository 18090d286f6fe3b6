"""Proves that publishing swaps whole versions: whoever reads keeps what was opened, whoever opens gets the new one."""

import json
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from warehouse.build import build
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.publication import Company, current_publication, publication_id
from warehouse.publish import publish

AS_OF = date(2025, 6, 30)

READER = """
import json, sys
from pathlib import Path
from warehouse.connection import connect

QUESTION = "select publication_id, (select sum(lines_count)::int from sales.daily_sales) from core.as_of"

with connect(Path(sys.argv[1]), read_only=True) as connection:
    for _ in sys.stdin:
        print(json.dumps(connection.execute(QUESTION).fetchall()), flush=True)
"""

LOOPING = """
import json, sys
from pathlib import Path
from warehouse.connection import connect

QUESTION = "select publication_id, (select sum(lines_count)::int from sales.daily_sales) from core.as_of"

while not Path(sys.argv[2]).exists():
    with connect(Path(sys.argv[1]), read_only=True) as connection:
        print(json.dumps(connection.execute(QUESTION).fetchall()), flush=True)
"""


@contextmanager
def running(script: str, *arguments: Path) -> Iterator[subprocess.Popen[str]]:
    """A reader in a process of its own: DuckDB gives one process one view of a path."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def ask(reader: subprocess.Popen[str]) -> list:
    reader.stdin.write("again\n")
    reader.stdin.flush()
    return json.loads(reader.stdout.readline())


def published(home: Home, company: Company) -> str:
    """Build and publish; which publication it became."""
    building = build(home, AS_OF, company, datetime(2025, 7, 1, tzinfo=UTC))
    publish(home, building)
    assert not building.exists()
    return str(current_publication(home))


def test_a_published_file_is_read_only_and_alone_in_its_folder(home: Home, company: Company):
    identity = published(home, company)
    assert identity == publication_id(home, AS_OF, company)
    assert stat.S_IMODE(home.published.stat().st_mode) == 0o444
    assert [path.name for path in home.publications.iterdir()] == ["countinghouse.duckdb"]


def test_an_open_reader_keeps_its_version_and_a_new_one_sees_the_new(
    home: Home, company: Company, sell: Callable[[str], None]
):
    old = published(home, company)
    with running(READER, home.published) as reader:
        assert ask(reader) == [[old, 3]]
        sell("R9")
        new = published(home, company)
        assert ask(reader) == [[old, 3]]
        with running(READER, home.published) as newcomer:
            assert ask(newcomer) == [[new, 4]]
    assert old != new


def test_a_reader_beside_many_publications_always_gets_one_whole_version(
    home: Home, company: Company, sell: Callable[[str], None], tmp_path: Path
):
    versions = {published(home, company): 3}
    with running(LOOPING, home.published, tmp_path / "stop") as reader:
        for number in range(3):
            sell(f"N{number}")
            versions[published(home, company)] = 4 + number
        (tmp_path / "stop").touch()
        answers = [json.loads(line)[0] for line in reader.stdout]
    assert answers
    assert {(identity, versions[identity]) for identity, _ in answers} == {tuple(answer) for answer in answers}


def test_the_record_remembers_each_publication_once(home: Home, company: Company, sell: Callable[[str], None]):
    first = published(home, company)
    assert published(home, company) == first
    sell("R9")
    second = published(home, company)
    for path in (home.warehouse, home.published):
        with connect(path, read_only=True) as connection:
            remembered = connection.execute("select publication_id from operations.publications").fetchall()
        assert sorted(remembered) == sorted([(first,), (second,)])
