"""Send reports: written to a temporary file first, then piece by piece, however large they are."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, Self
from zoneinfo import ZoneInfo

from asgiref.sync import sync_to_async
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header

from rexian.dialogue import queries
from rexian.dialogue.queries import BatchDetail, Wanted
from rexian.look.environment import current_language
from rexian.look.requests import PageRequest
from rexian.reports.inspection import html, jsonl, xlsx
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import load_version

FORMS: Mapping[str, str] = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson; charset=utf-8",
}
_WRITERS: Mapping[str, Callable[..., None]] = {
    "html": html.write,
    "xlsx": xlsx.write,
    "jsonl": jsonl.write,
}
_PIECE = 64 * 1024
_NOT_IN_NAMES = re.compile(r"[^\w\-. ]+")


def report(request: PageRequest, batch: BatchDetail, form: str, wanted: Wanted) -> HttpResponseBase:
    """Return the report of the conversations that are wanted, as a file to keep."""
    file = TemporaryFile()  # noqa: SIM115 - it is closed when all of it has been sent
    try:
        _write(file, request, batch, form, wanted)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name, kind = _name(batch, form), FORMS[form]
    if not hasattr(request, "scope"):
        return FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response = StreamingHttpResponse(_Pieces(file), content_type=kind)
    response["Content-Length"] = str(os.fstat(file.fileno()).st_size)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


class _Pieces:
    """A file piece by piece, for a server that is asynchronous: Django would read all of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.close = file.close

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        piece = await sync_to_async(self._file.read)(_PIECE)
        if not piece:
            raise StopAsyncIteration
        return piece


def judging(batch: BatchDetail) -> dict[str, Standard]:
    """Return the standards that judged a batch, in the versions that did, by name."""
    return {one.name: load_version(one.id) for one in batch.versions}


def _write(
    file: IO[bytes], request: PageRequest, batch: BatchDetail, form: str, wanted: Wanted
) -> None:
    actor, batch_id = request.actor, batch.line.id
    settings: dict[str, Any] = {} if form == "jsonl" else {"at": _now_there(request)}
    _WRITERS[form](
        queries.inspected_conversations(actor, batch_id, wanted=wanted),
        file,
        language=current_language(),
        standards=judging(batch),
        problems=queries.problems(actor, batch_id),
        **settings,
    )
    file.flush()


def _now_there(request: PageRequest) -> datetime:
    return timezone.now().astimezone(ZoneInfo(request.person.time_zone))


def _name(batch: BatchDetail, form: str) -> str:
    stem = _NOT_IN_NAMES.sub(" ", batch.line.title.rpartition(".")[0] or batch.line.title).strip()
    return f"{stem or 'inspection'}-{batch.line.id}.{form}"
