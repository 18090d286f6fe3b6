"""What can go wrong that a user can mend; each message says what is wrong, where, and what to do.

CountinghouseError
├── UsageError            the command was given something it cannot take (exit code 2)
│   └── SourceError       a file in sources/ is wrong; the message begins with file and line
├── SourceUnreachable     a server did not answer, or not to the end; worth trying again
├── SourceRefused         a server said no: a wrong password, no such table; nothing of the source is loaded
├── UnreadableFile        a delivered file could not be read; it is kept, its batch is marked refused
│   └── DriftStopped      it differs from those before it more than its source's file lets pass (tasks/drift)
├── BrokenPromise         the rows of a load do not add up; nothing of it is stored
├── AuditRefused          a built warehouse broke a table contract; the published one stays
├── ExportRefused         what was to be exported breaks a rule of its format; no file is left behind
├── ClosingRefused        a period cannot be closed; it is as open as it was
└── FiledFileChanged      a filed file is not what was filed
"""


class CountinghouseError(Exception):
    """Anything that a run reports in one sentence."""


class UsageError(CountinghouseError):
    """The command was given something that it cannot take."""


class SourceError(UsageError):
    """A source file says something that cannot be; raised before anything is read."""


class SourceUnreachable(CountinghouseError):
    """A source that has to be asked did not answer, or not to the end."""


class SourceRefused(CountinghouseError):
    """A source that has to be asked said no, or is not what its file says."""


class UnreadableFile(CountinghouseError):
    """A delivered file is not what its source says it is, or is cut off."""


class BrokenPromise(CountinghouseError):
    """The rows received and the rows accounted for differ."""


class AuditRefused(CountinghouseError):
    """A table contract with severity `fail` was broken."""


class ExportRefused(CountinghouseError):
    """Exported books break a rule, or hold what their format cannot say."""


class ClosingRefused(CountinghouseError):
    """A period is closed already, is not over, or something of it is open."""


class FiledFileChanged(CountinghouseError):
    """A filed file is missing, or its bytes are not those that were filed."""
