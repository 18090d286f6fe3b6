"""The bytes of a landed file, decompressed on the way and never held whole."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from tasks.errors import UnreadableFile

BLOCK_BYTES = 4 << 20
"""How much is read at a time; a line longer than a block is refused, whatever the file's size."""

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}


def open_bytes(path: Path) -> pa.NativeFile:
    """The bytes of a file, decompressed where its suffix says that it is compressed."""
    compression = COMPRESSIONS.get(path.suffix)
    return pa.input_stream(str(path), compression=compression)


def read_lines(stream: pa.NativeFile, encoding: str) -> Iterator[bytes]:
    """The lines of a stream as UTF-8 bytes without their ends.

    Raises UnreadableFile when a line is longer than a block.
    """
    if encoding.lower() not in {"utf-8", "utf8"}:
        stream = pa.TransformInputStream(stream, pa.lib.transcoding_transform_func(encoding, "utf-8"))
    rest = b""
    while block := stream.read(BLOCK_BYTES):
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        if len(rest) > BLOCK_BYTES:
            raise UnreadableFile(f"it has a line longer than {BLOCK_BYTES >> 20} MiB")
        yield from (line.removesuffix(b"\r") for line in lines)
    if rest:
        yield rest
