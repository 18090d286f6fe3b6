"""Variables of the environment in what a source file says, as in `${SHOP_HOST}`."""

import os
import re
from collections.abc import Iterable

from warehouse.home import Home

VARIABLE = re.compile(r"\$\{(\w+)\}")

HOME = "COUNTINGHOUSE_HOME"
"""The variable that is the home of the run, whatever the environment says."""


def unset(texts: Iterable[str], home: Home | None = None) -> list[str]:
    """The variables that are named and not set, each once; a run's home is set by the run."""
    names = dict.fromkeys(name for text in texts for name in VARIABLE.findall(text))
    return [name for name in names if not (home and name == HOME) and not os.environ.get(name)]


def filled(text: str, home: Home | None = None) -> str:
    """The text with its variables in it; all of them are set, see `unset`."""
    return VARIABLE.sub(lambda name: str(home.root) if home and name[1] == HOME else os.environ[name[1]], text)
