"""Find out what a file is, by its ending or by what stands in it, and read it so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from rexian.dialogue.adapters import delimited, jsonl, plain_text, workbooks
from rexian.dialogue.adapters.found import Found, Roles
from rexian.dialogue.adapters.streams import Broken, TextSource
from rexian.dialogue.domain.unreadable import Reason, Unreadable

_JSON = (".jsonl", ".ndjson", ".json")
_TABLES = (".csv", ".tsv")
_WORKBOOKS = (".xlsx", ".xlsm")
ENDINGS = (*_JSON, *_TABLES, *_WORKBOOKS, ".txt")


def read(
    stream: BinaryIO, source: str, name: str, roles: Roles = (), *, ending: str = ""
) -> Iterator[Found | Unreadable]:
    """Yield what ``stream`` holds, conversations without an id being called after ``name``.

    Never raises for what it reads: where it is broken, it says so in its place.
    """
    found = False
    try:
        text = TextSource(source, stream)
        if not text.head.strip():
            yield Unreadable(source, 0, Reason.EMPTY)
            return
        for one in _read(text, name, roles, ending.lower()):
            found = True
            yield one
    except Broken as error:
        yield error.unreadable
    except OSError as error:
        yield Unreadable(source, 0, Reason.CANNOT_OPEN, {"problem": error.strerror or str(error)})
    else:
        if not found:
            yield Unreadable(source, 0, Reason.NO_CONVERSATION)


def _read(source: TextSource, name: str, roles: Roles, ending: str) -> Iterator[Found | Unreadable]:
    if ending in _WORKBOOKS or source.head.startswith(workbooks.SIGNATURE):
        return workbooks.read(source, name, roles)
    if ending in _JSON or (ending not in _TABLES and _looks_like_json(source.head)):
        return jsonl.read(source, name, roles, ending=ending)
    if ending in _TABLES or _looks_like_a_table(source):
        return delimited.read(source, name, roles)
    return plain_text.read(source, name, roles)


def _looks_like_json(head: bytes) -> bool:
    """Tell whether an object begins here, or an array; `[00:12]` begins neither."""
    beginning = head.lstrip()
    return beginning.startswith(b"{") or (
        beginning.startswith(b"[") and beginning[1:].lstrip()[:1] in {b"{", b"]", b""}
    )


def _looks_like_a_table(source: TextSource) -> bool:
    first = source.head.lstrip().partition(b"\n")[0]
    try:
        return delimited.is_a_header(first.decode(source.encoding_of(first)))
    except UnicodeDecodeError:
        return False
