"""Answer a player that asks for pieces of a sound: ``Range`` as RFC 9110 has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from rexian.look.streaming import send_pieces

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)

Pieces = Callable[[int, int | None], Iterator[bytes]]
"""The bytes from a place to before another, ``None`` for the end."""


def send_range(
    request: HttpRequest, pieces: Pieces, *, size: int, name: str, kind: str
) -> HttpResponse | StreamingHttpResponse:
    """Return the piece that is asked for (206), or all of it (200) where none or several are.

    A piece behind the end is told of (416). Nobody keeps a copy on the way.
    """
    asked = _asked(request.headers.get("Range", ""), size)
    answer: HttpResponse | StreamingHttpResponse
    if asked == ():
        answer = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    start, stop = asked or (0, size)
    answer = send_pieces(request, pieces(start, stop), name=name, kind=kind)
    if asked:
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    answer["Content-Length"] = str(stop - start)
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(header: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """Return from where to before where, ``()`` for what is not there, ``None`` for all of it."""
    found = _ONE_RANGE.fullmatch(header.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, stop = max(0, size - int(found[2])), size
    else:
        start, stop = int(found[1]), min(size, int(found[2]) + 1 if found[2] else size)
        if found[2] and int(found[2]) < start:
            return None
    return (start, stop) if start < stop else ()
