"""How many callbacks a hotline has, up to date by itself at its desks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from rexian.callbacks.events import CallbackEvent, CaseCallEvent
from rexian.callbacks.queries import (
    late_callback_count,
    late_case_call_count,
    open_callback_count,
    open_case_call_count,
)
from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import hotline
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.events import known_events
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, add_topic

_READER = Actor.system("desk")
_KINDS = (CallbackEvent, CaseCallEvent)
_EVENTS = frozenset(name for name, one in known_events().items() if issubclass(one, _KINDS))


def callbacks_shape(hotline_id: int) -> dict[str, Any]:
    """Return how many callbacks of a hotline are to be made, and how many are late."""
    at = timezone.now()
    return {
        "now": at.isoformat(),
        "open": open_callback_count(_READER, hotline=hotline_id)
        + open_case_call_count(_READER, hotline=hotline_id),
        "late": late_callback_count(_READER, at=at, hotline=hotline_id)
        + late_case_call_count(_READER, at=at, hotline=hotline_id),
    }


def _may_watch(actor: Actor, key: str) -> None:
    """Let through whoever serves in the organisation."""
    authorise(actor, SERVE)
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise NotFound(mark("There is nothing under {code}."), code=key)
    hotline(int(key), actor=actor)


def _by_hotline(entry: Entry) -> Iterable[str]:
    return (str(entry.data["hotline"]),)


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    return {key: callbacks_shape(int(key)) for key in keys}


add_topic(
    Topic(
        name="callbacks",
        events=_EVENTS,
        may_watch=_may_watch,
        states=_states,
        keys=_by_hotline,
        at_most_every=1.0,
    )
)
