"""Simulate company: write the files that the systems of the simulated mail-order firm would drop into the inbox."""

from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import show_failure, show_simulation
from tasks.retries import STORING
from tasks.runs import Home, home_at


@task(name="write deliveries", task_run_name="write deliveries", cache_policy=NO_CACHE, **STORING)
def write_deliveries(home: Home) -> None:
    """Two trading years of files, dirty on purpose, with the key that says what is wrong with them."""
    from tasks.simulate import simulate

    simulate(home)


@flow(name="simulate-company", flow_run_name="simulate company", timeout_seconds=1800, on_failure=[show_failure])
def simulate_company(home: Path | None = None) -> Path:
    """Write two trading years of a simulated mail-order firm into the inbox: no fact in them is real.

    Args:
        home: The company's home folder. Empty: COUNTINGHOUSE_HOME, or `./data`.
    """
    place = home_at(home)
    write_deliveries(place)
    inbox = place.inbox / "mail_order"
    show_simulation(inbox)
    return inbox
