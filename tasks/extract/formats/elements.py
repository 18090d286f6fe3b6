"""Going through the elements of an XML file that may mean harm: without entities, bounded, wrong in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError

import pyarrow as pa
from defusedxml import DefusedXmlException

from tasks.errors import UnreadableFile
from tasks.extract.formats.stream import first_line

HELD_BYTES = 16 << 20
"""How long an element may be that has to be held whole; the longest true ones are some kilobytes."""


@contextmanager
def refused_as_xml(kind: str) -> Iterator[None]:
    """What keeps a parser from going on, as a sentence; `kind` is what never declares entities: no SAF-T file.

    Raises UnreadableFile.
    """
    try:
        yield
    except DefusedXmlException as error:
        raise UnreadableFile(f"it declares a document type or entities, which {kind} does") from error
    except ParseError as error:
        raise UnreadableFile(f"it is not XML to its end: {first_line(error)}") from error
    except (OSError, pa.ArrowException, LookupError, ValueError) as error:
        raise UnreadableFile(f"it could not be read to its end: {first_line(error)}") from error


class Held:
    """A stream that gives no more when an element has grown too long to be true; the reader sets `held` back."""

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream = stream
        self.held = 0

    def read(self, size: int) -> bytes:
        """The next bytes."""
        block: bytes = self._stream.read(size)
        self.held += len(block)
        if self.held > HELD_BYTES:
            raise UnreadableFile(f"it has an element longer than {HELD_BYTES >> 20} MiB")
        return block
