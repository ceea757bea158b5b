"""What the desk's page is told, as plain values for JSON: instants as text, codes as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from rexian.contacts.domain.lines import Line
from rexian.contacts.domain.numbers import spaced
from rexian.contacts.queries import (
    AttachmentShown,
    ContactShown,
    PresenceShown,
    Waiting,
    attachments_of,
)


def plain(value: Any) -> Any:
    """Return a value of ours (frozen, nested) as JSON can say it; spans are seconds."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.value if isinstance(value, Enum) else value


def presence_shape(one: PresenceShown) -> dict[str, Any]:
    """Return how an agent stands."""
    return {
        "state": one.state.value,
        "reason": one.reason,
        "since": one.since.isoformat(),
        "load": one.load,
        "capacity": one.capacity,
    }


_SAME = ("id", "queue", "name", "form", "matter", "customer", "follows", "lines", "help_reason")
_INSTANTS = (
    "arrived_at",
    "queued_at",
    "offer_until",
    "connected_at",
    "held_at",
    "talked_until",
    "ended_at",
)


def contact_shape(one: ContactShown) -> dict[str, Any]:
    """Return a contact as a line of the desk shows it."""
    instants = {name: plain(getattr(one, name)) for name in _INSTANTS}
    return {
        **{name: getattr(one, name) for name in _SAME},
        **instants,
        "channel": one.channel.value,
        "state": one.state.value,
        "urgent": one.priority == 0,
        "agent": one.agent,
        "number": one.number,
        "spaced": spaced(one.number) if one.number else "",
        "seen": one.seen_by_agent,
        "seen_by_customer": one.seen_by_customer,
        "ended_by": one.ended_by,
        "version": one.version,
    }


def lines_shape(
    contact_id: int, lines: Sequence[Line], files: Mapping[int, AttachmentShown] | None = None
) -> list[dict[str, Any]]:
    """Return lines of a transcript; files are looked up where they are not given."""
    if files is None:
        has_files = any(one.attachment is not None for one in lines)
        files = attachments_of([contact_id]) if has_files else {}
    return [_line_shape(one, files) for one in lines]


def _line_shape(one: Line, files: Mapping[int, AttachmentShown]) -> dict[str, Any]:
    file = files.get(one.attachment or 0)
    return {
        "seq": one.seq,
        "at": one.at.isoformat(),
        "speaker": one.speaker.value,
        "text": one.text,
        "signal": one.signal.value if one.signal else "",
        "person": one.person,
        "whisper": one.audience.value == "agents",
        "automatic": one.automatic,
        "file": _file_shape(file) if file else None,
        "reason": one.reason,
        "sent_as": one.sent_as,
    }


def _file_shape(one: AttachmentShown) -> dict[str, Any]:
    same = ("id", "name", "size", "width", "height", "is_picture")
    return {name: getattr(one, name) for name in same}


def waiting_shape(found: Sequence[Waiting]) -> list[dict[str, Any]]:
    """Return how many wait in each queue."""
    return [plain(one) for one in found]
