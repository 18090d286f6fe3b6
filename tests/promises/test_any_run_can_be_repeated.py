"""Promise 5: a run killed anywhere and begun again ends where an undisturbed run ends; nothing new changes nothing."""

import hashlib
import signal

import pytest

STEPS = [
    ("tasks.land:_name", "before", 1),  # copied, but not yet under its name
    ("tasks.ingest:load_file", "before", 1),  # landed, but nothing of it loaded
    ("warehouse.loading:insert_stream", "after", 1),  # rows written, nothing committed
    ("tasks.ingest:write_delivery", "after", 2),  # all of the second file but its commit
    ("tasks.ingest:batches_of_file", "before", 2),  # two files committed, the third landed
    ("warehouse.build:make_models", "before", 1),  # the copy made, no table built
    ("warehouse.build:make_models", "after", 1),  # built, not audited
    ("warehouse.publish:flush", "before", 1),  # audited, not on the disk
    ("tasks.publish:publish", "after", 1),  # published, nobody told
    ("flows.report:make_index", "before", 1),  # packs written, no index
]
"""Where the run is killed; each run after it gets as far as the next."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, deliver, countinghouse):
    """A home whose only run was left in peace."""
    home = tmp_path_factory.mktemp("undisturbed")
    deliver(home, range(3, 6))
    done = countinghouse(home)
    assert done.returncode == 0, done.stderr
    return home


def reports_of(home):
    # The compliance pack tells when each file arrived, which two homes cannot have in common.
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for pack in ("finance", "sales")
        for file in (home / "reports").rglob(f"{pack}.*")
    }


def test_a_run_killed_at_every_step_in_turn_ends_where_an_undisturbed_run_ends(
    tmp_path, deliver, countinghouse, published_tables, undisturbed
):
    deliver(tmp_path, range(3, 6))
    for dying in STEPS:
        killed = countinghouse(tmp_path, dying=dying)
        assert killed.returncode == -signal.SIGKILL, f"{dying}: {killed.stdout}{killed.stderr}"

    again = countinghouse(tmp_path)
    assert again.returncode == 0, again.stderr

    expected, found = published_tables(undisturbed), published_tables(tmp_path)
    assert found.keys() == expected.keys()
    assert [name for name in expected if not found[name].equals(expected[name])] == []
    assert len(reports_of(undisturbed)) == 6
    assert reports_of(tmp_path) == reports_of(undisturbed)


def test_a_second_run_changes_nothing_publishes_nothing_and_says_so(countinghouse, undisturbed):
    published = undisturbed / "published" / "countinghouse.duckdb"
    before = (published.stat().st_ino, published.stat().st_mtime_ns, reports_of(undisturbed))
    again = countinghouse(undisturbed)
    assert again.returncode == 0, again.stderr
    assert "nothing new; nothing published" in again.stdout
    assert (published.stat().st_ino, published.stat().st_mtime_ns, reports_of(undisturbed)) == before
