"""A journal cut into blocks: a line that begins at the margin, and the indented lines below it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tasks.extract.formats.plaintext.batches import Row
from tasks.extract.formats.plaintext.lines import Line, Unknown, refused

BLOCK_LINES = 100_000
"""An entry is balanced whole, so all of it is held; no true one is a thousandth as long."""


@dataclass
class Block:
    """A line at the margin with what is indented below it, and the line that is being read."""

    head: Line
    indented: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = self.head

    def below(self) -> Iterator[Line]:
        """The indented lines, each being the one that is read until the next is asked for; then the head again."""
        for line in self.indented:
            self.at = line
            yield line
        self.at = self.head


def blocks(lines: Iterator[Line], is_comment: Callable[[Line], bool], ends_at_blank: bool = True) -> Iterator[Block]:
    """The blocks of a journal, without its comments.

    Raises UnreadableFile for an indented line under nothing, and a block that never ends.
    """
    block: Block | None = None
    for line in _outside_comments(lines):
        if line.is_indented:
            if block is None and not line.text.strip().startswith(";"):
                raise refused(line.number, "an indented line that stands under nothing")
            if block is not None:
                block.indented.append(line)
            if block is not None and len(block.indented) > BLOCK_LINES:
                raise refused(block.head.number, f"an entry of more than {BLOCK_LINES:,} lines")
            continue
        if line.is_blank and not ends_at_blank:
            continue
        if block is not None:
            yield block
        block = None if line.is_blank or is_comment(line) else Block(line)
    if block is not None:
        yield block


def told(every: Iterator[Block], read: Callable[[Block], Iterator[Row]]) -> Iterator[Row]:
    """The rows that each block gives.

    Raises UnreadableFile with the line that holds what is not known.
    """
    for block in every:
        try:
            yield from read(block)
        except Unknown as error:
            raise refused(block.at.number, str(error)) from error


def _outside_comments(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines but for those between `comment` and `end comment`."""
    for line in lines:
        word = line.text.strip()
        if word not in ("comment", "test") or line.is_indented:
            yield line
            continue
        for inner in lines:
            if inner.text.strip() == f"end {word}":
                break
