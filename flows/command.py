"""The command `countinghouse`: the same flows and books, from a terminal or a scheduler's line."""

import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError
from rich.console import Console

from flows.commands.books import publish, report, run, simulate
from flows.commands.quarantine import quarantine
from flows.commands.sources import sources
from flows.commands.trail import trace, verify
from tasks.errors import CountinghouseError, UsageError

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

app = App(
    name="countinghouse",
    help="A company's books and letters: take in what its systems deliver, prove it, publish it, report on it.",
    version=lambda: version("countinghouse"),
    help_format="plaintext",
)
for command in (run, simulate, publish, report, sources, quarantine, trace, verify):
    app.command(command)


def main(tokens: Sequence[str] | None = None) -> int:
    """Run one command; the result is its exit code: 0 done, 1 the run failed or an audit refused, 2 wrong usage."""
    try:
        return int(app(tokens, exit_on_error=False, print_error=False, result_action="return_value") or DONE)
    except CycloptsError as error:
        return _say(error, WRONG_USAGE)
    except UsageError as error:
        return _say(error, WRONG_USAGE)
    except CountinghouseError as error:
        return _say(error, FAILED)
    except PermissionError as error:
        return _say(f"{error.filename}: {error.strerror}; use a folder that you may write to", FAILED)
    except KeyboardInterrupt:
        return _say("stopped; what was loaded stays, and the next run goes on from there", INTERRUPTED)


def _say(error: object, code: int) -> int:
    sentence = " ".join(str(error).split())
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"countinghouse: {sentence}", markup=False)
    return code


if __name__ == "__main__":
    sys.exit(main())
