"""How a batch of recordings stands, kept up to date by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from rexian.console.recording_tables import progress_of
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, add_topic
from rexian.org.queries import organisation
from rexian.speech import events
from rexian.speech.queries.batches import recording_batch

_READER = Actor.system("live")


def _may_watch(actor: Actor, key: str) -> None:
    """Let through whoever may see the batch."""
    if not (key.isascii() and key.isdigit()):
        raise NotFound(mark("There is nothing under {code}."), code=key)
    recording_batch(actor, int(key))


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return how batches stand; one that is deleted is left out."""
    found = {}
    for key in keys:
        try:
            shown = recording_batch(_READER, int(key))
        except NotFound:
            continue
        reader = Actor("system:live", shown.organisation)
        found[key] = progress_of(_READER, int(key), zone=organisation(reader).time_zone)
    return found


add_topic(
    Topic(
        name="recording-batch",
        events=frozenset(
            one.name
            for one in (
                events.BatchSent,
                events.BatchTakenIn,
                events.BatchStarted,
                events.BatchAdvanced,
                events.BatchHeard,
                events.BatchStopped,
                events.BatchContinued,
                events.BatchDeleted,
            )
        ),
        may_watch=_may_watch,
        states=_states,
        template="console/recordings_progress.html",
        at_most_every=1.0,
    )
)
