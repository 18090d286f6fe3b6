"""`make demo`: a company whose systems are all asked at once, then again with only what has changed since."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.demonstration.company import DAYS, systems


def main() -> None:
    """Start the company's systems, run its two days, and say where to look."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--home", type=Path, default=Path("data/demonstration"), help="where it is kept")
    home = arguments.parse_args().home.resolve()
    if home.exists() and any(home.iterdir()):
        sys.exit(f"{home}: there is something already; remove it, or name another folder with --home")
    with tempfile.TemporaryDirectory(prefix="countinghouse-") as folder, systems(home, Path(folder)) as company:
        for day in DAYS:
            changes = company.live(day)
            print(
                f"\n{day:%A, %d %B %Y}: {', '.join(f'{count} {what}' for what, count in changes.items())}", flush=True
            )
            company.run(day)


if __name__ == "__main__":
    main()
