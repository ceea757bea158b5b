"""What is parked stays up to date by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from rexian.clockwork import events
from rexian.clockwork.domain.rights import TEND
from rexian.console.clockwork import parked_part
from rexian.kernel.authority import EVERYWHERE, Actor, authorise, belongs
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, add_topic, by_organisation
from rexian.org.queries import organisation


def _may_watch(actor: Actor, key: str) -> None:
    """Let through whoever may tend to the organisation's work."""
    if not (key.isascii() and key.isdigit()):
        raise NotFound(mark("There is nothing under {code}."), code=key)
    belongs(actor, int(key), code=f"organisation:{key}")
    authorise(actor, TEND)


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return what is parked of organisations, as each one's administrator sees it."""
    found = {}
    for key in keys:
        reader = Actor("system:live", int(key), None, {TEND: frozenset({EVERYWHERE})})
        found[key] = parked_part(reader, zone=organisation(reader).time_zone)
    return found


add_topic(
    Topic(
        name="work",
        events=frozenset(
            one.name
            for one in (
                events.WorkParked,
                events.WorkReleased,
                events.WorkDropped,
            )
        ),
        may_watch=_may_watch,
        states=_states,
        template="console/work_parked.html",
        keys=by_organisation,
    )
)
