"""A small firm whose data is in two databases, an API, a mailbox, a bank's folder and a folder of invoices."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from tests.demonstration.bank import Bank
from tests.demonstration.catalogue import Catalogue
from tests.demonstration.desk import Desk
from tests.demonstration.letters import Letters
from tests.demonstration.shop import Shop
from tests.demonstration.suppliers import Suppliers

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCES = Path(__file__).with_name("sources")

FIRST, SECOND = DAYS = (date(2025, 6, 30), date(2025, 7, 1))
"""A quarter's end, on which everything is new, and the day after it, on which little is."""


class System(Protocol):
    """One of the firm's systems: what happens in it on a day, and how it is reached."""

    @property
    def environment(self) -> dict[str, str]:
        """What its source file takes from the environment."""

    def live(self, day: date) -> dict[str, int]:
        """Let the day happen; what is new or changed, by what it is."""


@dataclass(frozen=True)
class Company:
    """The firm with its running systems and its home folder."""

    home: Path
    systems: tuple[System, ...]

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which its countinghouse runs."""
        reached = {name: value for system in self.systems for name, value in system.environment.items()}
        return os.environ | reached | {"COUNTINGHOUSE_SOURCES": str(SOURCES), "PYTHONPATH": str(REPOSITORY)}

    def live(self, day: date) -> dict[str, int]:
        """Let a day happen in every system."""
        return {what: count for system in self.systems for what, count in system.live(day).items()}

    def run(self, day: date) -> subprocess.CompletedProcess[str]:
        """Run its business day by the command, which tells what arrived and where each row ended."""
        self.home.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-c", "from flows.command import main; import sys; sys.exit(main())"]
        arguments = ["run", "--home", str(self.home), "--as-of", day.isoformat()]
        return subprocess.run([*command, *arguments], env=self.environment, cwd=REPOSITORY, check=True, text=True)


@contextmanager
def systems(home: Path, folder: Path) -> Iterator[Company]:
    """The firm with every system started; the servers are gone afterwards, what they gave stays in the home."""
    with ExitStack() as stack:
        running = (
            stack.enter_context(Shop.running()),
            Catalogue(folder / "catalogue.sqlite"),
            stack.enter_context(Desk.running()),
            stack.enter_context(Letters.running(folder)),
            Bank(home / "inbox" / "bank"),
            Suppliers(home / "inbox" / "invoices"),
        )
        yield Company(home, running)
