"""The static files of all faces, from the package, under addresses that change with them.

The address of every file carries one hash of them all, ``/static/1f0c…/look/tokens.css``: browsers
may keep a file for ever, and files that name each other by relative addresses stay together. A page
from before an upgrade asks with an old hash and gets today's file, which it may not keep.
"""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, no-cache"
_WORTH_PACKING = 1024
_PACKABLE = ("text/", "application/javascript", "application/json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file in memory, packed too where that makes it smaller."""

    content: bytes
    packed: bytes | None
    kind: str
    tag: str


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """All files by name, and the hash that stands for them together."""

    version: str
    files: Mapping[str, StaticFile]


@cache
def static_files() -> StaticFiles:
    """Read all files, once a process: they are few and small."""
    read = {name: _read(path) for name, path in found_files()}
    whole = sha256()
    for name, one in sorted(read.items()):
        whole.update(f"{name}\0{one.tag}\0".encode())
    return StaticFiles(whole.hexdigest()[:12], read)


def found_files() -> list[tuple[str, Path]]:
    """Return the name and the path of every static file that a face brings along."""
    return sorted(
        (name, Path(storage.path(name)))
        for finder in get_finders()
        for name, storage in finder.list(None)
    )


def publish(folder: Path) -> str:
    """Write all files into a folder, for a proxy to serve as ``/static/``; return their version."""
    found = static_files()
    for name, one in found.files.items():
        path = folder / found.version / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)
        if one.packed:
            path.with_name(f"{path.name}.gz").write_bytes(one.packed)
    return found.version


class StaticStorage(StaticFilesStorage):
    """Gives static files their addresses; ``static(…)`` in templates asks it."""

    def url(self, name: str | None) -> str:
        """Return the address of a file in today's version."""
        return f"{settings.STATIC_URL}{static_files().version}/{name}"


class StaticMiddleware:
    """Answers what is asked under ``/static/`` before anybody asks who is signed in."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with a file, or pass on what is none."""
        if request.path_info.startswith(settings.STATIC_URL) and request.method in {"GET", "HEAD"}:
            request.view_name = "static"  # type: ignore[attr-defined]  # for the log
            version, _, name = request.path_info.removeprefix(settings.STATIC_URL).partition("/")
            found = static_files().files.get(name)
            if found:
                return _answer(request, found, current=version == static_files().version)
        return self._respond(request)


def _answer(request: HttpRequest, found: StaticFile, *, current: bool) -> HttpResponse:
    if found.tag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    elif found.packed and "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(found.packed, content_type=found.kind)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(found.content, content_type=found.kind)
    if found.packed:
        patch_vary_headers(response, ["Accept-Encoding"])
    response["ETag"] = found.tag
    response["Cache-Control"] = _FOR_EVER if current else _ASK_AGAIN
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = None
    if len(content) > _WORTH_PACKING and kind.startswith(_PACKABLE):
        packed = gzip.compress(content, mtime=0)
    kind = f"{kind}; charset=utf-8" if kind.startswith(_PACKABLE) else kind
    return StaticFile(content, packed, kind, f'W/"{sha256(content).hexdigest()[:16]}"')
