"""What a reader finds: a record that is not read yet, so that another process can read it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.records import conversation_of
from rexian.dialogue.domain.speakers import speakers_with
from rexian.dialogue.domain.unreadable import BrokenRecord, Reason, Unreadable

Roles = tuple[tuple[str, str], ...]

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A record as it was found: a line in ``encoding``, an object, or a conversation already.

    ``name`` is what the conversation is called if it has no id of its own.
    """

    source: str
    line: int
    name: str
    content: bytes | Mapping[str, Any] | Conversation
    encoding: str = "utf-8"
    roles: Roles = ()

    @property
    def size(self) -> int:
        """Return about how many turns it has: how much work it is."""
        if isinstance(self.content, Conversation):
            return len(self.content.turns)
        if isinstance(self.content, bytes):
            return len(self.content) // 100
        turns = self.content.get("turns")
        return len(turns) if isinstance(turns, list) else 1

    def read(self) -> Conversation | Unreadable:
        """Return the conversation, or what is wrong with the record."""
        if isinstance(self.content, Conversation):
            return self.content
        try:
            record = _parsed(self.content, self.encoding)
            speakers = speakers_with(self.roles)
            return conversation_of(
                record, speakers, name=self.name, source=self.source, line=self.line
            )
        except BrokenRecord as error:
            return error.at(self.source, self.line)


def _parsed(content: bytes | Mapping[str, Any], encoding: str) -> Any:
    if not isinstance(content, bytes):
        return content
    try:
        return orjson.loads(content if encoding == "utf-8" else content.decode(encoding))
    except UnicodeDecodeError:
        raise BrokenRecord(Reason.UNDECODABLE) from None
    except orjson.JSONDecodeError:
        return _parsed_leniently(content, encoding)


def _parsed_leniently(content: bytes, encoding: str) -> Any:
    """Parse once more what other writers take for JSON (NaN, halves of surrogate pairs)."""
    try:
        return whole_characters(json.loads(content.decode(encoding)))
    except UnicodeDecodeError:
        raise BrokenRecord(Reason.UNDECODABLE) from None
    except (ValueError, RecursionError) as error:
        raise BrokenRecord(Reason.NOT_JSON, **json_problem(error)) from None


def json_problem(error: Exception) -> dict[str, Any]:
    """Return what Python's parser says, and the column at which it gave up."""
    if isinstance(error, json.JSONDecodeError):
        return {"problem": error.msg, "position": error.colno}
    return {"problem": "nested too deeply, or a number too long", "position": 1}


def whole_characters(value: Any) -> Any:
    """Return parsed JSON with each half of a surrogate pair as U+FFFD: no encoding can hold it."""
    if isinstance(value, str):
        return _HALF.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [whole_characters(one) for one in value]
    if isinstance(value, dict):
        return {whole_characters(key): whole_characters(one) for key, one in value.items()}
    return value
