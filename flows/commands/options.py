"""The options that commands have in common."""

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

HomeOption = Annotated[
    Path | None, Parameter("--home", help="The company's home folder; else COUNTINGHOUSE_HOME, or ./data.")
]
AsOfOption = Annotated[date | None, Parameter("--as-of", help="The day whose close the books show; else today.")]
SourceOption = Annotated[
    list[str] | None,
    Parameter("--source", negative=(), help="A source or a pattern such as 'mail_order_*'; may be repeated; else all."),
]
KnownOnOption = Annotated[
    date | None,
    Parameter("--as-known-on", help="Tell it as it was known at the end of this day; what is published now stays."),
]
