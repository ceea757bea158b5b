"""Read JSON: a conversation a line, one for the whole file, or an array of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from rexian.dialogue.adapters.found import Found, Roles, json_problem, whole_characters
from rexian.dialogue.adapters.streams import CHUNK, LONGEST_LINE, MEGABYTE, TextSource
from rexian.dialogue.domain.unreadable import Reason, Unreadable

_DECODER = json.JSONDecoder()
_BETWEEN_MEMBERS = re.compile(r"\s*\[?[\s,\]]*")
_BETWEEN_OBJECTS = re.compile(r"[\s,]*")
_HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")

LARGEST_DOCUMENT = 256 * MEGABYTE


def read(
    source: TextSource, name: str, roles: Roles = (), *, ending: str = ""
) -> Iterator[Found | Unreadable]:
    """Yield the records of ``source``; lines are read one by one, a document as a whole."""
    if _is_a_document(source.head, ending):
        yield from _document(source, name, roles)
    else:
        yield from _lines(source, name, roles)


def _is_a_document(head: bytes, ending: str) -> bool:
    """Tell whether the JSON goes over several lines, or is an array."""
    beginning = head.lstrip()
    if beginning.startswith(b"["):
        return True
    if ending in {".jsonl", ".ndjson"}:
        return False
    first, _, rest = beginning.partition(b"\n")
    return len(first) < CHUNK // 2 and bool(rest) and not _is_json(first)


def _is_json(line: bytes) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def _lines(source: TextSource, name: str, roles: Roles) -> Iterator[Found | Unreadable]:
    for number, line in source.lines():
        if line is None:
            limit = {"megabytes": LONGEST_LINE // MEGABYTE}
            yield Unreadable(source.name, number, Reason.TOO_LONG, limit)
        elif line.strip():
            called = f"{name}:{number}"
            yield Found(source.name, number, called, line, source.encoding_of(line), roles)


def _document(source: TextSource, name: str, roles: Roles) -> Iterator[Found | Unreadable]:
    text = source.whole(LARGEST_DOCUMENT)
    is_array = text.lstrip().startswith("[")
    for line, value in _values(text):
        if isinstance(value, Exception):
            yield Unreadable(source.name, line, Reason.NOT_JSON, json_problem(value))
        elif isinstance(value, dict):
            called = f"{name}:{line}" if is_array else name
            yield Found(source.name, line, called, value, roles=roles)
        else:
            yield Unreadable(source.name, line, Reason.NOT_A_RECORD)


def _values(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the members of the array, or the objects one after another, each with its line.

    One that is no JSON yields the error instead; reading goes on where the next one begins.
    """
    between = _BETWEEN_MEMBERS if text.lstrip().startswith("[") else _BETWEEN_OBJECTS
    has_halves = _HALF_ESCAPED.search(text) is not None
    line, counted = 1, 0
    place = _end(between, text, 0)
    while place < len(text):
        line += text.count("\n", counted, place)
        counted = place
        try:
            value, after = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            yield getattr(error, "lineno", line), error
            after = _next_beginning(text, place)
        else:
            yield line, whole_characters(value) if has_halves else value
        place = _end(between, text, after)


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place


def _next_beginning(text: str, place: int) -> int:
    """Return where the next object begins on a line of its own, as far in as that at ``place``."""
    margin = text[text.rfind("\n", 0, place) + 1 : place]
    if margin.strip("[ \t"):
        return len(text)
    following = text.find("\n" + margin.replace("[", " ") + "{", place)
    return len(text) if following < 0 else following
