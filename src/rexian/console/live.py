"""What of the console stays up to date by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from rexian.console import live_cases as _cases  # noqa: F401 - its topics are ours
from rexian.console import live_contacts as _contacts  # noqa: F401 - its topic is ours
from rexian.console import live_floor as _floor  # noqa: F401 - its topics are ours
from rexian.console import live_notices as _notices  # noqa: F401 - its topic is one of ours
from rexian.console import live_recordings as _recordings  # noqa: F401 - its topic is one of ours
from rexian.console import live_replays as _replays  # noqa: F401 - its topic is one of ours
from rexian.console import live_work as _work  # noqa: F401 - its topic is one of ours
from rexian.console.progress import progress_of
from rexian.dialogue import events, queries
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, add_topic

_READER = Actor.system("live")


def _may_watch(actor: Actor, key: str) -> None:
    """Let through whoever may see the batch."""
    if not (key.isascii() and key.isdigit()):
        raise NotFound(mark("There is nothing under {code}."), code=key)
    queries.batch(actor, int(key))


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return how batches stand; one that is deleted is left out."""
    found = {}
    for key in keys:
        try:
            found[key] = progress_of(_READER, int(key))
        except NotFound:
            continue
    return found


add_topic(
    Topic(
        name="inspection-batch",
        events=frozenset(
            one.name
            for one in (
                events.BatchUploaded,
                events.BatchStarted,
                events.BatchAdvanced,
                events.BatchInspected,
                events.BatchCancelled,
                events.BatchContinued,
                events.BatchDeleted,
            )
        ),
        may_watch=_may_watch,
        states=_states,
        template="console/batch_progress.html",
    )
)
