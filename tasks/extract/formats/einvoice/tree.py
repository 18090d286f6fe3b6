"""The elements of an XML document as a tree without namespaces, from a parser that no document can make suffer."""

from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from tasks.errors import UnreadableFile
from tasks.extract.formats.elements import refused_as_xml

DEPTH = 64
"""How deep elements may stand in each other; those of an invoice with lines under lines stand some twenty deep."""

# A line has about thirty elements, so a hundred thousand lines have room; more would fill the memory.
ELEMENTS = 3_000_000
"""How many elements a document may have."""

ATTACHMENTS = {"EmbeddedDocumentBinaryObject", "AttachmentBinaryObject"}
"""What holds a whole file as text; the invoice is kept as it came, its rows need it not."""

Root = tuple[str, str]
"""The namespace and the name of a document's first element."""


def read_tree(document: bytes) -> tuple[Root, Element]:
    """The first element of a document, and where it is from; names are without namespaces, texts without blanks.

    Raises UnreadableFile when it is no XML to its end, has a DTD or entities, or is too deep or too large to be true.
    """
    root: Root | None = None
    element: Element | None = None
    depth = elements = 0
    with refused_as_xml("no invoice"):
        for event, element in iterparse(BytesIO(document), ("start", "end"), forbid_dtd=True):
            if event == "start":
                root = root or _named(element)
                depth, elements = depth + 1, elements + 1
                _refuse_monsters(depth, elements)
            else:
                depth -= 1
                _clean(element)
    assert root is not None
    assert element is not None
    return root, element


def _named(element: Element) -> Root:
    namespace, _, name = element.tag.rpartition("}")
    return namespace.removeprefix("{"), name


def _refuse_monsters(depth: int, elements: int) -> None:
    if depth > DEPTH:
        raise UnreadableFile(f"its elements stand more than {DEPTH} deep in each other")
    if elements > ELEMENTS:
        raise UnreadableFile(f"it has more than {ELEMENTS:,} elements, which no invoice has")


def _clean(element: Element) -> None:
    """Names without their namespaces; blanks around a text, and between elements, say nothing."""
    _, element.tag = _named(element)
    element.tail = None
    text = "" if element.tag in ATTACHMENTS else (element.text or "").strip()
    element.text = text or None
