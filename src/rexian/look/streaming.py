"""Send what is made line by line, without ever holding it whole, by whichever server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from asgiref.sync import sync_to_async
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
_BATCH = 500
_PIECE = 64 * 1024


def send_lines(
    request: HttpRequest, lines: Iterator[bytes], *, name: str, kind: str = CSV
) -> StreamingHttpResponse:
    """Return a file that is made while it is sent."""
    return _sent(request, lines, name, kind, _BATCH)


def send_pieces(
    request: HttpRequest, pieces: Iterator[bytes], *, name: str, kind: str
) -> StreamingHttpResponse:
    """Return a file that is there in pieces of some size, each sent as it comes."""
    return _sent(request, pieces, name, kind, 1)


def send_written(
    request: HttpRequest, write: Callable[[IO[bytes]], None], *, name: str, kind: str = XLSX
) -> StreamingHttpResponse:
    """Return a file that has to be whole before it is sent: written to the disk, then piecewise."""
    file = TemporaryFile()  # noqa: SIM115 - it is closed when all of it has been sent
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _sent(request, _pieces(file), name, kind, 1)


def _sent(
    request: HttpRequest, parts: Iterator[bytes], name: str, kind: str, at_once: int
) -> StreamingHttpResponse:
    is_asynchronous = hasattr(request, "scope")
    content = _later(parts, at_once) if is_asynchronous else parts
    answer = StreamingHttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


async def _later(parts: Iterator[bytes], at_once: int) -> AsyncIterator[bytes]:
    """Yield the same, several at a time, where the server is asynchronous."""

    def piece() -> bytes:
        return b"".join(islice(parts, at_once))

    while some := await sync_to_async(piece)():
        yield some
