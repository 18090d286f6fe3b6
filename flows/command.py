"""The command `countinghouse`: the same flows and books, from a terminal or a scheduler's line."""

import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError
from rich.console import Console

from flows.commands.backfill import backfill
from flows.commands.books import publish, report, run, simulate
from flows.commands.closing import close, filed
from flows.commands.export import export
from flows.commands.quarantine import quarantine
from flows.commands.sources import sources
from flows.commands.trail import trace, verify
from tasks.errors import CountinghouseError, UsageError
from tasks.writer import LOCKED

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

app = App(
    name="countinghouse",
    help="A company's books and letters: take in what its systems deliver, prove it, publish it, report on it.",
    version=lambda: version("countinghouse"),
    help_format="plaintext",
)
for command in (run, backfill, simulate, publish, report, sources, quarantine, trace, verify, export, close, filed):
    app.command(command)


def main(tokens: Sequence[str] | None = None) -> int:
    """Run one command; the result is its exit code: 0 done, 1 the run failed or an audit refused, 2 wrong usage."""
    try:
        return int(app(tokens, exit_on_error=False, print_error=False, result_action="return_value") or DONE)
    except (CycloptsError, UsageError) as error:
        return _say(error, WRONG_USAGE)
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        return _say(sentence, FAILED)
    except KeyboardInterrupt:
        return _say("stopped; what was loaded stays, and the next run goes on from there", INTERRUPTED)


def _sentence(error: Exception) -> str | None:
    """What happened, if a user can mend it; nothing if it is a fault of ours, whose trace is needed."""
    if isinstance(error, CountinghouseError):
        return str(error)
    if isinstance(error, PermissionError):
        return f"{error.filename}: {error.strerror}; use a folder that you may write to"
    if LOCKED in str(error):
        return "another run is writing the warehouse; ask again when it has ended"
    return None


def _say(error: object, code: int) -> int:
    sentence = " ".join(str(error).split())
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"countinghouse: {sentence}", markup=False)
    return code


if __name__ == "__main__":
    sys.exit(main())
