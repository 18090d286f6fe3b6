"""The body of an answer, decompressed as it comes and never more of it than is allowed."""

import zlib

import httpx2

from tasks.errors import SourceRefused
from tasks.extract.http.passing import Passing

MEBIBYTE = 1 << 20

GZIP_OR_ZLIB = 47
"""What tells zlib to see for itself which of the two it is."""


async def received(response: httpx2.Response, limit: int) -> bytes:
    """The whole body.

    Raises SourceRefused when it is larger than the limit or in an encoding that was not asked for.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "deflate", ""):
        # Also several of them one inside the other, each of which multiplies what a few bytes become.
        raise SourceRefused(f"answers in the encoding {encoding[:40]!r}, which was not asked for")
    inflater = _Inflater() if encoding in ("gzip", "deflate") else None
    body = bytearray()
    # The library's own decoders know no limit: one block of 64 KiB can become 64 MiB, one inside another any size.
    async for chunk in response.aiter_raw():
        body += inflater.inflated(chunk, limit - len(body)) if inflater else chunk
        if len(body) > limit:
            raise SourceRefused(
                f"answers with more than {limit // MEBIBYTE} MiB; ask for smaller pages, or raise answer_mebibytes"
            )
    if inflater and body and not inflater.is_whole:
        raise Passing("broke off in the middle of its answer")
    return bytes(body)


class _Inflater:
    """Decompresses block by block, at most one byte more than is allowed."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(GZIP_OR_ZLIB)

    @property
    def is_whole(self) -> bool:
        return self._zlib.eof

    def inflated(self, chunk: bytes, allowed: int) -> bytes:
        try:
            return self._zlib.decompress(chunk, max(allowed, 0) + 1)
        except zlib.error as error:
            raise SourceRefused("says that its answer is compressed, and it is not") from error
