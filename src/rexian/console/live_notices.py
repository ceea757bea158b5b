"""What is up for a unit is told anew; whom it concerns fetches their own list of notices.

What one has read is one's own, so there is no fragment that all who watch could be sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from rexian.journal.domain.entries import Entry
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, add_topic
from rexian.notices import events
from rexian.notices.domain.rights import READ
from rexian.notices.queries import current_ids, units_concerning


def _may_watch(actor: Actor, key: str) -> None:
    """Let through whom notices of the unit concern."""
    authorise(actor, READ)
    if not (key.isascii() and key.isdigit() and int(key) in units_concerning(actor)):
        raise NotFound(mark("There is nothing under {code}."), code=f"unit:{key}")


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return the ids of what is up for each unit itself."""
    found = current_ids([int(key) for key in keys], at=timezone.now())
    return {str(unit): {"current": list(ids)} for unit, ids in found.items()}


def _by_unit(entry: Entry) -> Iterable[str]:
    """Return the unit that a notice is put up for."""
    return (str(entry.data["unit"]),)


add_topic(
    Topic(
        name="notices",
        events=frozenset(
            one.name
            for one in (
                events.NoticePosted,
                events.NoticeTakenDown,
                events.NoticeExpired,
            )
        ),
        may_watch=_may_watch,
        states=_states,
        keys=_by_unit,
    )
)
