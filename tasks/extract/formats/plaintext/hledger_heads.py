"""Days, heads of entries, comments and tags, as hledger and ledger write them."""

import re
from datetime import date

from tasks.extract.formats.plaintext.entries import Entry
from tasks.extract.formats.plaintext.lines import Line, Unknown

DAY = r"(?:\d{4}[-/.])?\d{1,2}[-/.]\d{1,2}"
HEAD = re.compile(
    rf"(?P<day>{DAY})(?:=(?P<second>{DAY}))?(?=\s|$)"
    r"\s*(?P<status>[*!])?\s*(?:\((?P<code>[^)]*)\))?\s*(?P<text>.*)$"
)
TAG = re.compile(r"(?:^|(?<=[\s,]))([^\s:,]+):([^,]*)")
POSTING_DAY = re.compile(r"\[=?[\d/.=-]+\]")


def read_day(text: str, year: int | None) -> str:
    """A day as YYYY-MM-DD."""
    parts = [int(part) for part in re.split("[-/.]", text)]
    if len(parts) == 2:
        if year is None:
            raise Unknown(f"{text} has no year, and no `Y` above says which; a day must be the same tomorrow")
        parts = [year, *parts]
    try:
        return date(*parts).isoformat()
    except ValueError as error:
        raise Unknown(f"{text} is no day of the calendar") from error


def read_head(line: Line, year: int | None) -> Entry:
    """The head of an entry: day, second day, status, code and description."""
    text, mark, comment = line.text.partition(";")
    found = HEAD.match(text.strip())
    if not found:
        raise Unknown(f"{text.strip()[:40]!r} is no head of an entry")
    day = read_day(found["day"], year)
    description = (found["text"] or "").strip()
    payee, bar, note = description.partition("|")
    entry = Entry(
        line=line.number,
        date=day,
        second_date=read_day(found["second"], int(day[:4])) if found["second"] else None,
        status=found["status"],
        code=found["code"],
        description=description,
        payee=payee.strip() if bar else None,
        note=note.strip() if bar else None,
    )
    if mark:
        entry.comment.append(comment.strip())
        entry.tags.update(tags_of(comment))
    return entry


def without_comment(text: str) -> tuple[str, str | None]:
    """An amount before its comment, and the comment; a semicolon in the quotes of a commodity begins none."""
    is_quoted = False
    for at, character in enumerate(text):
        if character == '"':
            is_quoted = not is_quoted
        elif character == ";" and not is_quoted:
            return text[:at], text[at + 1 :].strip()
    # A quote that is never closed is a quote and no more.
    before, mark, comment = text.partition(";")
    return (before, comment.strip()) if is_quoted and mark else (text, None)


def tags_of(comment: str) -> dict[str, str]:
    """The tags of a comment: a word with a colon, and what stands behind it up to a comma."""
    found: dict[str, str] = {}
    at = 0
    while match := TAG.search(comment, at):
        found.setdefault(match[1], match[2].strip())
        at = match.end()
    return found
